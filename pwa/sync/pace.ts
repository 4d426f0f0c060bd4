/**
 * How fast things have been leaving this phone lately, so that a person can be told how long the rest
 * is likely to take. Learned from pages, which take long enough to tell; kept for all who use the phone.
 */
import type { Shared } from "../store/schema.ts";

const PACE = "pace";
/** Bytes a millisecond before anything is known: 40 kbit/s, a poor mast. */
const FIRST = 5;
/** Less tells more of the wait for an answer than of the link. */
const LEAST = 16 * 1024;

/** Bytes a millisecond. */
export async function paceOf(shared: Shared): Promise<number> {
  return ((await shared.get("settings", PACE)) as number | undefined) ?? FIRST;
}

/** What is known after `bytes` went in `milliseconds`: half of it is what was known before. */
export function nextPace(before: number, bytes: number, milliseconds: number): number {
  if (bytes < LEAST || milliseconds <= 0) return before;
  return (before + bytes / milliseconds) / 2;
}

export async function learnPace(shared: Shared, bytes: number, took: number): Promise<void> {
  const before = await paceOf(shared);
  const next = nextPace(before, bytes, took);
  if (next !== before) await shared.put("settings", next, PACE).catch(() => undefined);
}
