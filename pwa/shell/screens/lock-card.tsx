/** The lock in the settings: whether there is one, locking now, and when it locks by itself. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useAllWords } from "../../language/rare.ts";
import {
  HIDDEN_CHOICES,
  IDLE_CHOICES,
  type Limits,
  readLimits,
  saveLimits,
} from "../../lock/idle.ts";
import { wrapsOf } from "../../store/locks.ts";
import { useApp } from "../app-context.ts";
import { Cards } from "../design/fields.tsx";
import { watchLock } from "../settling.ts";

export function LockCard(): JSX.Element {
  const { app } = useApp();
  const words = useAllWords();
  const [hasLock, setLock] = useState<boolean | null>(null);
  const [limits, setLimits] = useState<Limits | null>(null);
  useEffect(() => {
    wrapsOf(app.store).then(
      (wraps) => setLock(wraps.length > 0),
      () => undefined,
    );
    readLimits(app.store).then(setLimits, () => undefined);
  }, [app.store]);
  const change = (part: Partial<Limits>): void => {
    if (!limits) return;
    const next = { ...limits, ...part };
    setLimits(next);
    void saveLimits(app.store, next).then(() => watchLock(app));
  };
  return (
    <section class="card" aria-labelledby="lock">
      <h2 id="lock">{words.locking.card}</h2>
      {hasLock !== null && <p>{hasLock ? words.locking.on : words.locking.off}</p>}
      <div class="actions">
        {hasLock && (
          <button type="button" class="button second" onClick={() => void app.lock()}>
            <Icon name="key" />
            {words.locking.now}
          </button>
        )}
        <a class="button second" href="/lock">
          {hasLock ? words.locking.change2 : words.locking.choose}
        </a>
      </div>
      {hasLock && limits && (
        <>
          <Cards
            id="idle"
            legend={words.locking.after}
            options={IDLE_CHOICES.map((minutes) => ({
              value: String(minutes),
              label: words.locking.minutes(minutes),
            }))}
            value={String(limits.idleMinutes)}
            set={(minutes) => change({ idleMinutes: Number(minutes) })}
          />
          <Cards
            id="hidden"
            legend={words.locking.hidden}
            options={HIDDEN_CHOICES.map((seconds) => ({
              value: String(seconds),
              label: seconds === 0 ? words.locking.hiddenNow : words.locking.hiddenMinute,
            }))}
            value={String(limits.hiddenSeconds)}
            set={(seconds) => change({ hiddenSeconds: Number(seconds) })}
          />
        </>
      )}
    </section>
  );
}
