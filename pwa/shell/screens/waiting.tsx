/** What a locked store still has to send, counted without reading any of it, and the button to send. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { size } from "../../language/formats.ts";
import { reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import type { Store } from "../../store/schema.ts";
import { watch } from "../../store/watch.ts";
import { rows } from "../../sync/queue.ts";
import { useApp } from "../app-context.ts";

interface Waiting {
  count: number;
  bytes: number;
  reason: string | null;
}

async function waitingIn(store: Store): Promise<Waiting> {
  const unsent = (await rows(store)).filter(
    ({ state }) => state !== "settled" && state !== "needs-repair",
  );
  const bytesOf = ({ state, textBytes, pages }: (typeof unsent)[number]): number =>
    (state === "received" ? 0 : textBytes) +
    pages.reduce((sum, { length, sent }) => sum + length - sent, 0);
  return {
    count: unsent.length,
    bytes: unsent.reduce((sum, row) => sum + bytesOf(row), 0),
    reason: unsent.find(({ reason }) => reason)?.reason ?? null,
  };
}

export function WaitingCard(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  useEffect(() => {
    let isGone = false;
    const read = (): void => {
      waitingIn(app.store).then(
        (found) => !isGone && setWaiting(found),
        () => undefined,
      );
    };
    read();
    const stop = watch((topic) => topic === "journal" && read());
    return () => {
      isGone = true;
      stop();
    };
  }, [app.store]);
  return (
    <section class="card" aria-labelledby="waiting">
      <h2 id="waiting">{words.lock.waiting}</h2>
      <p role="status">
        {waiting &&
          (waiting.count > 0
            ? words.lock.waitingCount(waiting.count, size(waiting.bytes))
            : words.lock.nothing)}
      </p>
      {waiting !== null && waiting.count > 0 && (
        <>
          {waiting.reason && <p class="small">{reasonWords(words, waiting.reason)}</p>}
          <button
            type="button"
            class="button second"
            disabled={state.isSending}
            onClick={() => void app.sendNow()}
          >
            <Icon name="send" />
            {state.isSending ? words.dossiers.sendingNow : words.dossiers.sendNow}
          </button>
        </>
      )}
    </section>
  );
}
