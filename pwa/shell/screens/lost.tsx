/** Every key to a locked store is lost: what that costs, what it does not, and beginning anew. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { signOut } from "../../identity/person.ts";
import { codeOf } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { beginAnew, wipeAlone } from "../../store/wipe.ts";
import { useApp } from "../app-context.ts";
import { Card } from "../design/fields.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { LockFrame } from "./lock-frame.tsx";
import { lockReason } from "./pin.tsx";

export function LostScreen({ back }: { back(): void }): JSX.Element {
  const { app, state, router } = useApp();
  const words = useAllWords();
  const [isSure, setSure] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async (): Promise<void> => {
    try {
      await wipeAlone(app.store, "forgotten");
      await beginAnew(app.store);
      // Whoever pressed this has proven nothing: the login must not bring it all back.
      if (state.profile) await signOut(app.shared).catch(() => false);
      await app.openActive();
      router.go("/", { replace: true });
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  return (
    <LockFrame title={words.lock.lostTitle}>
      <div>
        <button type="button" class="link" onClick={back}>
          <Icon name="back" />
          {words.app.back}
        </button>
        <Heading>{words.lock.lostTitle}</Heading>
        <p class="lead">{words.lock.lostLead}</p>
      </div>
      <Notice tone="attention">
        <p>{words.lock.lostGone}</p>
      </Notice>
      <Notice tone="good">
        <p>{words.lock.lostKept}</p>
      </Notice>
      <div role="alert">{problem && <p class="fault">{lockReason(words, problem)}</p>}</div>
      <Card
        id="sure"
        type="checkbox"
        label={words.lock.lostSure}
        isChosen={isSure}
        press={() => setSure(!isSure)}
      />
      <button type="button" class="button danger" disabled={!isSure} onClick={() => void begin()}>
        {words.lock.lostYes}
      </button>
    </LockFrame>
  );
}
