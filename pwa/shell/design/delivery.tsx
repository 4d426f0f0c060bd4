/** What this phone still has to send, in words, with the one button that matters. Told as it changes. */
import type { JSX } from "preact";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { moment, size } from "../../language/formats.ts";
import { reasonWords } from "../../language/messages.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { dueAt } from "../../sync/transitions.ts";
import { useApp } from "../app-context.ts";
import { Notice } from "./parts.tsx";

/** Items that still have something on this phone to send. */
export function unsent(items: readonly JournalItem[]): JournalItem[] {
  return items.filter((item) => item.state !== "settled" && item.state !== "needs-repair");
}

/** When a waiting item moves next, in words. */
export function useNextTry(): (item: { nextTryAt: number }) => string {
  const words = useWords();
  const { app } = useApp();
  return (item) => {
    const now = Date.now();
    const at = Math.max(dueAt(item, now), app.retryAt() ?? 0);
    return at > now + 5000 ? words.dossiers.retryAt(moment(at, words)) : words.dossiers.retrySoon;
  };
}

export function DeliveryStrip(): JSX.Element {
  const { app, state } = useApp();
  const words = useWords();
  const nextTry = useNextTry();
  const waiting = unsent(state.items);
  const bytes = waiting.reduce((sum, item) => sum + item.bytesLeft, 0);
  const [first] = waiting;
  const reason = waiting.find((item) => item.reason)?.reason;
  if (!first) {
    return (
      <div role="status">
        <Notice tone="good">
          <p>{words.home.allSent}</p>
        </Notice>
      </div>
    );
  }
  return (
    <div role="status">
      <Notice>
        <p>
          <strong>{words.home.waiting(waiting.length, size(bytes))}</strong>
        </p>
        {reason && <p>{reasonWords(words, reason)}</p>}
        <p>{nextTry(first)}</p>
        <button
          type="button"
          class="link"
          disabled={state.isSending}
          onClick={() => void app.sendNow()}
        >
          <Icon name="send" />
          {state.isSending ? words.dossiers.sendingNow : words.dossiers.sendNow}
        </button>
      </Notice>
    </div>
  );
}
