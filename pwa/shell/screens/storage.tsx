/** Room on the phone: how much is used and by what, whether the phone keeps it, and how to get more. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { size } from "../../language/formats.ts";
import { useAllWords } from "../../language/rare.ts";
import { type Persistence, persistence } from "../../store/space.ts";
import { useApp } from "../app-context.ts";
import { unsent } from "../design/delivery.tsx";
import { Frame } from "../design/frame.tsx";
import { Facts, Heading, Notice } from "../design/parts.tsx";
import { useRelayed } from "./relay.tsx";

export function StorageScreen(): JSX.Element {
  const { state } = useApp();
  const words = useAllWords();
  const { storage } = words;
  const [space, setSpace] = useState<Persistence | null>(null);
  const [hasAsked, setAsked] = useState(false);
  const carried = useRelayed();
  const read = (): void => void persistence().then(setSpace);
  useEffect(read, []);
  const ask = async (): Promise<void> => {
    await navigator.storage?.persist?.().catch(() => false);
    setAsked(true);
    read();
  };
  const waiting = unsent(state.items);
  const open = state.drafts.filter((draft) => draft.state !== "sent");
  const sum = (sizes: readonly number[]): number => sizes.reduce((all, one) => all + one, 0);
  const line = (sizes: readonly number[]): string => storage.count(sizes.length, size(sum(sizes)));
  const { usage, quota } = space ?? { usage: null, quota: null };
  const isKnown = usage !== null && quota !== null && quota > 0;
  return (
    <Frame title={storage.title}>
      <Heading>{storage.title}</Heading>
      <div class="card">
        {isKnown && (
          <div class="gauge" aria-hidden="true">
            <span style={{ transform: `scaleX(${Math.max(0.01, Math.min(1, usage / quota))})` }} />
          </div>
        )}
        <p>
          {isKnown ? words.settings.used(size(usage), size(quota)) : words.settings.usedUnknown}
        </p>
        <Facts
          facts={[
            [storage.waiting, line(waiting.map(({ bytesTotal }) => bytesTotal))],
            [storage.drafts, line(open.map(({ pages }) => sum(pages.map((page) => page.length))))],
            [
              storage.carried,
              line(carried.map((row) => row.textBytes + sum(row.pages.map((page) => page.length)))),
            ],
          ]}
        />
      </div>
      {space && (
        <Notice tone={space.isPersisted ? "good" : "attention"} role="status">
          <p>{space.isPersisted ? words.settings.kept : words.settings.notKept}</p>
          {hasAsked && !space.isPersisted && <p>{storage.asked}</p>}
        </Notice>
      )}
      {space?.isPersisted === false && (
        <button type="button" class="button second" onClick={() => void ask()}>
          {storage.ask}
        </button>
      )}
      <section aria-labelledby="room">
        <h2 id="room" class="section-title">
          {storage.free}
        </h2>
        <ol class="steps">
          {storage.ways.map((way) => (
            <li key={way}>{way}</li>
          ))}
        </ol>
        <p>
          <strong>{storage.keep}</strong>
        </p>
      </section>
      <a class="button second" href="/dossiers">
        <Icon name="folder" />
        {words.tabs.dossiers}
      </a>
    </Frame>
  );
}
