/**
 * Wrong tries, counted where a restart finds them. A try is counted before the PIN is looked at, so
 * that ending the app in between wins none. What is left to wait is a length of time, not a moment:
 * it runs only while the page is open, by a clock that nobody sets, so that changing the phone's
 * clock in either direction gives nothing.
 */
import type { Store } from "../store/schema.ts";
import { waitAfter } from "./pin.ts";

export interface Tries {
  /** Wrong ones since the store was last opened. */
  wrong: number;
  /** Milliseconds still to wait before the next. */
  left: number;
}

/** `meta` key. */
export const TRIES = "tries";

export async function readTries(store: Store): Promise<Tries> {
  return ((await store.db.get("meta", TRIES)) as Tries | undefined) ?? { wrong: 0, left: 0 };
}

/** Counts a try as wrong until it has proven right; gives what stands if it fails. */
export async function countTry(store: Store): Promise<Tries> {
  const { wrong } = await readTries(store);
  const next = { wrong: wrong + 1, left: waitAfter(wrong + 1) };
  await keepTries(store, next);
  return next;
}

/** So much of the waiting has passed. @param milliseconds by a clock that only goes forward */
export async function waited(store: Store, milliseconds: number): Promise<Tries> {
  const { wrong, left } = await readTries(store);
  const next = { wrong, left: Math.max(0, left - Math.max(0, milliseconds)) };
  if (next.left !== left) await keepTries(store, next);
  return next;
}

export async function forgetTries(store: Store): Promise<void> {
  await store.db.delete("meta", TRIES);
}

async function keepTries(store: Store, tries: Tries): Promise<void> {
  const tx = store.db.transaction("meta", "readwrite", { durability: "strict" });
  await Promise.all([tx.store.put(tries, TRIES), tx.done]);
}
