/** This device was revoked: what became of what was on it, what still leaves, and what to do. */
import type { JSX } from "preact";
import { useAllWords } from "../../language/rare.ts";
import { OWN_STORE } from "../../store/schema.ts";
import { beginAnew } from "../../store/wipe.ts";
import { useApp } from "../app-context.ts";
import { Heading, Notice } from "../design/parts.tsx";
import { LockFrame } from "./lock-frame.tsx";
import { WaitingCard } from "./waiting.tsx";

export function RevokedScreen(): JSX.Element {
  const { app, state, router } = useApp();
  const words = useAllWords();
  const leave = async (): Promise<void> => {
    // A person's store goes on delivering in the background; the phone goes back to its own.
    if (app.store.name === OWN_STORE) await beginAnew(app.store);
    // First, so that whoever is quick is not brought back from where they went meanwhile.
    router.go("/", { replace: true });
    await app.switchTo();
  };
  return (
    <LockFrame title={words.revoked.title}>
      <div>
        <Heading>{words.revoked.title}</Heading>
        <p class="lead">{words.revoked.lead(state.profile?.name ?? "")}</p>
      </div>
      <Notice tone="attention">
        <p>{words.revoked.wiped}</p>
      </Notice>
      <Notice>
        <p>{words.revoked.unsent}</p>
      </Notice>
      <WaitingCard />
      <p>{words.revoked.next}</p>
      <button type="button" class="button" onClick={() => void leave()}>
        {words.revoked.understood}
      </button>
    </LockFrame>
  );
}
