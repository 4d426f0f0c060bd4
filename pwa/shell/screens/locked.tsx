/**
 * Before a locked store: whose it is, the ways to open it, what still waits to be sent, and the others
 * who use this phone. Nothing of what is inside is shown.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { canUsePasskeys, passkeySecret } from "../../identity/passkey.ts";
import { codeOf } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { pinFault } from "../../lock/pin.ts";
import { readTries, type Tries, waited } from "../../lock/tries.ts";
import { unlockByPasskey, unlockByPin } from "../../lock/unlocking.ts";
import { wrapsOf } from "../../store/locks.ts";
import type { Wrap } from "../../store/vault.ts";
import { useApp } from "../app-context.ts";
import { Heading, Notice } from "../design/parts.tsx";
import { LockFrame } from "./lock-frame.tsx";
import { LostScreen } from "./lost.tsx";
import { OtherPeople } from "./person.tsx";
import { lockReason, PinField } from "./pin.tsx";
import { WaitingCard } from "./waiting.tsx";

/** How long is still to wait, counting down and kept as it does. */
function useTries(isBusy: boolean): Tries {
  const { app } = useApp();
  const [tries, setTries] = useState<Tries>({ wrong: 0, left: 0 });
  const last = useRef(performance.now());
  const isWaiting = tries.left > 0;
  useEffect(() => {
    let isGone = false;
    const take = (found: Tries): void => {
      if (!isGone) setTries(found);
    };
    last.current = performance.now();
    readTries(app.store).then(take, () => undefined);
    const timer = window.setInterval(() => {
      const now = performance.now();
      const passed = now - last.current;
      last.current = now;
      if (isWaiting) waited(app.store, passed).then(take, () => undefined);
    }, 1_000);
    return () => {
      isGone = true;
      window.clearInterval(timer);
    };
  }, [app.store, isBusy, isWaiting]);
  return tries;
}

/** Minutes and seconds, as a kitchen clock shows them. */
function shownTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function LockedScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const [wraps, setWraps] = useState<Wrap[]>([]);
  const [pin, setPin] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isLost, setLost] = useState(false);
  const { wrong, left } = useTries(isBusy);
  useEffect(() => {
    setPin("");
    setFault(null);
    wrapsOf(app.store).then(setWraps, () => undefined);
  }, [app.store]);

  const open = async (unlock: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      // A lock that has just closed drops the key a moment later.
      await app.locking;
      await unlock();
      await app.unlocked();
    } catch (error) {
      setFault(codeOf(error));
      setPin("");
      requestAnimationFrame(() => document.getElementById("pin")?.focus());
    } finally {
      setBusy(false);
    }
  };
  const submit = (): void => {
    const found = pinFault(pin);
    setFault(found);
    if (!found) void open(() => unlockByPin(app.store, pin));
  };
  const credentials = wraps.flatMap(({ credential }) => credential ?? []);
  const hasPin = wraps.some(({ by }) => by === "pin");
  const { profile } = state;
  const title = profile ? words.lock.titleNamed(profile.name) : words.lock.title;
  if (isLost) return <LostScreen back={() => setLost(false)} />;
  return (
    <LockFrame title={words.lock.title}>
      <div>
        <Heading>{title}</Heading>
        <p class="lead">{words.lock.lead}</p>
      </div>
      {credentials.length > 0 && canUsePasskeys() && (
        <>
          <button
            type="button"
            class="button"
            disabled={isBusy}
            onClick={() =>
              void open(async () => unlockByPasskey(app.store, await passkeySecret(credentials)))
            }
          >
            <Icon name="key" />
            {words.lock.passkey}
          </button>
          {hasPin && <p class="center soft">{words.lock.or}</p>}
        </>
      )}
      {fault && !hasPin && (
        <Notice tone="danger" role="alert">
          <p>{lockReason(words, fault)}</p>
        </Notice>
      )}
      {hasPin && (
        <form
          class="card"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <PinField
            id="pin"
            label={words.lock.pin}
            hint={words.lock.pinHint}
            fault={fault ? lockReason(words, fault) : undefined}
            value={pin}
            set={setPin}
          />
          <p role="status" class="small">
            {left > 0 ? words.lock.wait(shownTime(left)) : wrong > 0 && words.lock.wrong(wrong)}
          </p>
          <button type="submit" class="button" disabled={isBusy || left > 0}>
            {isBusy ? words.lock.opening : words.lock.open}
          </button>
        </form>
      )}
      <WaitingCard />
      <section class="card" aria-labelledby="others">
        <h2 id="others">{words.lock.others}</h2>
        <div class="actions">
          <OtherPeople label={(name) => name} />
          <a class="link" href="/sign-in">
            <Icon name="plus" />
            {words.people.add}
          </a>
        </div>
      </section>
      <button type="button" class="link" onClick={() => setLost(true)}>
        {words.lock.lost}
      </button>
    </LockFrame>
  );
}
