/**
 * Choosing the lock of one's own part of the phone: right after signing in, or later from the settings.
 * A PIN that is changed or added asks for what opens the store now.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { passkeySecret } from "../../identity/passkey.ts";
import { bindAtOnce } from "../../identity/person.ts";
import { codeOf } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { newPinFault, pinFault } from "../../lock/pin.ts";
import { choosePin } from "../../lock/unlocking.ts";
import { wrapsOf } from "../../store/locks.ts";
import type { Wrap } from "../../store/vault.ts";
import { useApp } from "../app-context.ts";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { lockReason, PinField } from "./pin.tsx";

type Faults = { before?: string; pin?: string; again?: string };

export function LockScreen(): JSX.Element {
  const { app, router } = useApp();
  const words = useAllWords();
  const [wraps, setWraps] = useState<Wrap[] | null>(null);
  const [before, setBefore] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [faults, setFaults] = useState<Faults>({});
  const [doing, setDoing] = useState<"locking" | "leaving" | null>(null);
  useEffect(() => {
    wrapsOf(app.store).then(setWraps, () => setWraps([]));
  }, [app.store]);

  const hasPin = wraps?.some(({ by }) => by === "pin") ?? false;
  const credentials = (wraps ?? []).flatMap(({ credential }) => credential ?? []);
  const leave = async (): Promise<void> => {
    await bindAtOnce(app.store);
    router.go("/", { replace: true });
  };
  const save = async (): Promise<void> => {
    const wrongBefore = hasPin ? pinFault(before) : null;
    const wrongPin = newPinFault(pin);
    const wrongAgain = !wrongPin && again !== pin ? "pin-differs" : null;
    const told = (code: string | null) => (code ? lockReason(words, code) : undefined);
    const found = { before: told(wrongBefore), pin: told(wrongPin), again: told(wrongAgain) };
    setFaults(found as Faults);
    if (wrongBefore || wrongPin || wrongAgain) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".wrong input")?.focus());
      return;
    }
    setDoing("locking");
    try {
      const proof = hasPin
        ? before
        : credentials.length > 0
          ? await passkeySecret(credentials)
          : undefined;
      await choosePin(app.store, pin, proof);
      await leave();
    } catch (error) {
      setFaults({ [hasPin ? "before" : "pin"]: lockReason(words, codeOf(error)) });
      setDoing(null);
    }
  };
  const title = hasPin ? words.locking.change : words.locking.title;
  return (
    <Frame title={title}>
      <div>
        <Heading>{title}</Heading>
        <p class="lead">{words.locking.lead}</p>
      </div>
      {wraps && (
        <form
          class="card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {credentials.length > 0 && !hasPin && <p>{words.locking.addPinHint}</p>}
          {hasPin && (
            <PinField
              id="before"
              label={words.locking.nowPin}
              fault={faults.before}
              value={before}
              set={setBefore}
            />
          )}
          <PinField
            id="pin"
            label={words.locking.newPin}
            hint={words.locking.newPinHint}
            fault={faults.pin}
            value={pin}
            isNew
            set={setPin}
          />
          <PinField
            id="again"
            label={words.locking.again}
            fault={faults.again}
            value={again}
            isNew
            set={setAgain}
          />
          <Notice>
            <p>{words.locking.forget}</p>
          </Notice>
          <button type="submit" class="button" disabled={doing !== null}>
            <Icon name="key" />
            {doing === "locking" ? words.locking.saving : words.locking.save}
          </button>
        </form>
      )}
      <button
        type="button"
        class="link"
        disabled={doing !== null}
        onClick={() => {
          setDoing("leaving");
          void leave();
        }}
      >
        {words.locking.later}
      </button>
    </Frame>
  );
}
