/** An item on its way off this phone, in words: where it stands, what is left, how long, what hinders. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { size } from "../../language/formats.ts";
import { reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { paceOf } from "../../sync/pace.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { isFinal } from "../../sync/refused.ts";
import { useApp } from "../app-context.ts";
import { useNextTry } from "../design/delivery.tsx";

/** Where an item of the journal stands; what was refused for good is not called something to mend. */
export function useDeliveryWords(): (item: JournalItem) => string {
  const words = useAllWords();
  return (item) => (isFinal(item) ? words.refusal.state : words.delivery[item.state]);
}

/** How long the rest is likely to take once there is a network, in words. */
function useLikely(): (bytes: number) => string {
  const { app } = useApp();
  const { likely } = useAllWords();
  const [pace, setPace] = useState<number | null>(null);
  useEffect(() => {
    void paceOf(app.shared).then(setPace, () => undefined);
  }, [app.shared]);
  return (bytes) => {
    if (pace === null || bytes === 0) return "";
    const minutes = Math.ceil(bytes / pace / 60_000);
    if (minutes <= 1) return likely.about(likely.seconds);
    if (minutes < 90) return likely.about(likely.minutes(minutes));
    return likely.about(likely.hours(Math.round(minutes / 60)));
  };
}

/** What is left, how long it takes, when it goes, and what stands in the way, one line each. */
export function DeliveryDetails({ item }: { item: JournalItem }): JSX.Element {
  const likely = useLikely();
  const words = useAllWords();
  const nextTry = useNextTry();
  const isWaiting = item.state !== "settled" && item.state !== "needs-repair";
  return (
    <>
      {isWaiting && (
        <span class="small">
          {words.dossiers.left(size(item.bytesLeft))}
          {item.pagesTotal > 0 && ` · ${words.dossiers.pagesSent(item.pagesSent, item.pagesTotal)}`}
        </span>
      )}
      {isWaiting && <span class="small soft">{likely(item.bytesLeft)}</span>}
      {item.reason && <span class="small">{reasonWords(words, item.reason)}</span>}
      {isWaiting && item.state !== "sending" && <span class="small soft">{nextTry(item)}</span>}
    </>
  );
}
