/**
 * Opening a dossier on a phone that did not file it: its code and the number it was filed with, then
 * the one-time code that came to that number or was made at the desk.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { redeemClaim, requestClaim } from "../../identity/claim.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { useApp } from "../app-context.ts";
import { Field } from "../design/fields.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { addressOf } from "../router.ts";
import { PHONE } from "./begin.tsx";

type Faults = { code?: string; phone?: string; oneTime?: string };

export function ClaimScreen(): JSX.Element {
  const { app, router } = useApp();
  const words = useAllWords();
  const { claim } = words;
  const [code, setCode] = useState("");
  const [phone, setPhone] = useState("");
  const [oneTime, setOneTime] = useState("");
  const [isAsked, setAsked] = useState(false);
  const [hasOwn, setOwn] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [problem, setProblem] = useState<string | null>(null);

  const run = async (found: Faults, work: () => Promise<void>): Promise<void> => {
    setFaults(found);
    setProblem(null);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".wrong input")?.focus());
      return;
    }
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const reason = codeOf(error);
      setProblem(reason === "claim-refused" ? claim.refused : reasonWords(words, reason));
    } finally {
      setBusy(false);
    }
  };
  const wrongCode = (): Faults => (code.trim() === "" ? { code: claim.faults.code } : {});
  const toCode = (isOwn: boolean): void => {
    setOwn(isOwn);
    setAsked(true);
    requestAnimationFrame(() => document.getElementById("one-time")?.focus());
  };
  const ask = (): Promise<void> => {
    const isPhone = PHONE.test(phone.replace(/[\s.]/g, ""));
    const found = { ...wrongCode(), ...(!isPhone && { phone: claim.faults.phone }) };
    return run(found, async () => {
      await requestClaim(code, phone);
      toCode(false);
    });
  };
  const open = (): Promise<void> => {
    const isWhole = /^\d{6}$/.test(oneTime.replace(/\s/g, ""));
    return run(isWhole ? {} : { oneTime: claim.faults.oneTime }, async () => {
      const dossier = await redeemClaim(app.store, code, oneTime);
      await app.sendNow();
      router.go(addressOf("dossiers", dossier), { replace: true });
    });
  };
  return (
    <Frame title={claim.title} tab="dossiers">
      <div>
        <Heading>{claim.title}</Heading>
        <p class="lead">{claim.lead}</p>
      </div>
      <div role="alert">
        {problem && (
          <Notice tone="danger">
            <p>{problem}</p>
          </Notice>
        )}
      </div>
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void (isAsked ? open() : ask());
        }}
      >
        {isAsked ? (
          <>
            <Field
              id="one-time"
              label={claim.oneTime}
              hint={hasOwn ? undefined : claim.oneTimeHint}
              fault={faults.oneTime}
              value={oneTime}
              set={setOneTime}
              inputMode="numeric"
              autoComplete="one-time-code"
            />
            <button type="button" class="link" onClick={() => setAsked(false)}>
              {claim.other}
            </button>
          </>
        ) : (
          <>
            <Field
              id="dossier-code"
              label={claim.code}
              hint={claim.codeHint}
              fault={faults.code}
              value={code}
              set={setCode}
              autoComplete="off"
            />
            <Field
              id="claim-phone"
              label={claim.phone}
              fault={faults.phone}
              value={phone}
              set={setPhone}
              inputMode="tel"
              autoComplete="tel"
            />
          </>
        )}
        <button type="submit" class="button" disabled={isBusy}>
          <Icon name={isAsked ? "folder" : "send"} />
          {isAsked ? claim.open : claim.ask}
        </button>
        {!isAsked && (
          <button
            type="button"
            class="link"
            disabled={isBusy}
            onClick={() => void run(wrongCode(), async () => toCode(true))}
          >
            {claim.have}
          </button>
        )}
      </form>
    </Frame>
  );
}
