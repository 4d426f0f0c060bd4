/** Sign in with this phone's passkey, a provider or a one-time code; and the page an enrolment link opens. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { requestCode, signInWithCode } from "../../identity/code.ts";
import { canUsePasskeys, enrolPasskey, signInWithPasskey } from "../../identity/passkey.ts";
import { bindAtOnce } from "../../identity/person.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import type { PasskeySecret } from "../../lock/secrets.ts";
import { settlePasskey } from "../../lock/unlocking.ts";
import { wrapsOf } from "../../store/locks.ts";
import { beginAnew } from "../../store/wipe.ts";
import { useApp } from "../app-context.ts";
import { Field } from "../design/fields.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { ProviderButton, useReturn } from "./provider.tsx";

/** Runs one step of signing in: says when it is busy, and what went wrong in words. */
function useStep(): {
  isBusy: boolean;
  problem: string | null;
  run(work: () => Promise<void>): Promise<void>;
} {
  const words = useAllWords();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      const code = codeOf(error);
      setProblem(words.signIn.reasons[code] ?? reasonWords(words, code));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run };
}

/**
 * Opens the store of whoever has just signed in. A passkey that can opens its lock, or becomes it;
 * without one a PIN is offered first.
 */
function useEnter(): (secret: PasskeySecret | null) => Promise<void> {
  const { app, router } = useApp();
  return async (secret) => {
    await app.openActive(async (store) => {
      await beginAnew(store);
      if (secret) await settlePasskey(store, secret);
    });
    const needsLock = (await wrapsOf(app.store)).length === 0;
    // A lock, if one is chosen, comes before the device's key.
    if (!needsLock) await bindAtOnce(app.store);
    router.go(needsLock ? "/lock" : "/", { replace: true });
  };
}

function Problem({ text }: { text: string | null }): JSX.Element {
  return (
    <div role="alert">
      {text && (
        <Notice tone="danger">
          <p>{text}</p>
        </Notice>
      )}
    </div>
  );
}

export function SignInScreen(): JSX.Element {
  const { app } = useApp();
  const words = useAllWords();
  const enter = useEnter();
  const { isBusy, problem, run } = useStep();
  useReturn(run, () => enter(null));
  const [account, setAccount] = useState("");
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const [hasOwnCode, setOwnCode] = useState(false);
  const [fault, setFault] = useState<string | undefined>(undefined);

  /** @param hasCode a code from the commune is at hand: asking for another would end it */
  const next = async (hasCode = false): Promise<void> => {
    const isEmpty = asked === null ? account.trim() === "" : code.trim() === "";
    setFault(
      isEmpty
        ? asked === null
          ? words.signIn.faults.account
          : words.signIn.faults.code
        : undefined,
    );
    if (isEmpty) return;
    await run(async () => {
      if (asked === null) {
        if (!hasCode) await requestCode(account.trim());
        setOwnCode(hasCode);
        setAsked(account.trim());
        requestAnimationFrame(() => document.getElementById("code")?.focus());
      } else {
        await signInWithCode(app.shared, asked, code.replace(/\s/g, ""));
        await enter(null);
      }
    });
  };
  return (
    <Frame title={words.signIn.title}>
      <div>
        <Heading>{words.signIn.title}</Heading>
        <p class="lead">{words.signIn.lead}</p>
      </div>
      <Problem text={problem} />
      {canUsePasskeys() && (
        <>
          <button
            type="button"
            class="button"
            disabled={isBusy}
            onClick={() =>
              void run(async () => {
                const { secret } = await signInWithPasskey(app.shared);
                await enter(secret);
              })
            }
          >
            <Icon name="key" />
            {words.signIn.passkey}
          </button>
          <ProviderButton isBusy={isBusy} run={run} />
          <p class="center soft">{words.signIn.or}</p>
        </>
      )}
      {!canUsePasskeys() && <ProviderButton isBusy={isBusy} run={run} />}
      <form
        class="card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void next();
        }}
      >
        {asked === null ? (
          <Field
            id="account"
            label={words.signIn.account}
            fault={fault}
            value={account}
            set={setAccount}
            autoComplete="username"
          />
        ) : (
          <>
            <Field
              id="code"
              label={words.signIn.code}
              hint={hasOwnCode ? undefined : words.signIn.codeHint(asked)}
              fault={fault}
              value={code}
              set={setCode}
              inputMode="numeric"
              autoComplete="one-time-code"
            />
            <button type="button" class="link" onClick={() => setAsked(null)}>
              {words.signIn.otherAccount}
            </button>
          </>
        )}
        <button type="submit" class="button second" disabled={isBusy}>
          {asked === null ? words.signIn.getCode : words.signIn.enter}
        </button>
        {asked === null && (
          <button type="button" class="link" disabled={isBusy} onClick={() => void next(true)}>
            {words.signIn.haveCode}
          </button>
        )}
      </form>
    </Frame>
  );
}

export function EnrolScreen({ token }: { token: string }): JSX.Element {
  const { app } = useApp();
  const words = useAllWords();
  const enter = useEnter();
  const { isBusy, problem, run } = useStep();
  const [name, setName] = useState(words.signIn.enrolNameHint.replace(/^.*?: /, ""));
  return (
    <Frame title={words.signIn.enrolTitle}>
      <div>
        <Heading>{words.signIn.enrolTitle}</Heading>
        <p class="lead">{words.signIn.enrolLead}</p>
      </div>
      <Problem text={problem} />
      {canUsePasskeys() ? (
        <form
          class="card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void run(async () => {
              const { secret } = await enrolPasskey(app.shared, token, name.trim());
              await enter(secret);
            });
          }}
        >
          <Field
            id="phone-name"
            label={words.signIn.enrolName}
            hint={words.signIn.enrolNameHint}
            value={name}
            set={setName}
          />
          <button type="submit" class="button" disabled={isBusy}>
            <Icon name="key" />
            {words.signIn.enrol}
          </button>
        </form>
      ) : (
        <Notice tone="attention">
          <p>{words.signIn.noPasskeys}</p>
          <a href="/sign-in">{words.signIn.title}</a>
        </Notice>
      )}
      <ProviderButton enrolment={token} isBusy={isBusy} run={run} />
    </Frame>
  );
}
