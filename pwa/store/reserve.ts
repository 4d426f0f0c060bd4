/**
 * Room kept back on the phone. Before a photo is taken, as much as a photo needs is written in its
 * stead, so that a full phone says so before the camera opens and not after; and when the disk fills
 * up behind our back, what was kept back is let go so that the journal can still write down what it
 * heard. Whether there is room is known when a write succeeds, never by asking.
 */
import { commit, StoreError } from "./errors.ts";
import type { Store } from "./schema.ts";

/** A page of the largest size, and what is written with it. */
const SIZE = 400 * 1024;
/** `meta` key of the bytes kept back. */
const RESERVE = "reserve";

/** Keeps room for a photo. Throws StoreError `storage-full` where there is none. */
export async function reserve(store: Store): Promise<void> {
  if ((await store.db.getKey("meta", RESERVE)) !== undefined) return;
  // Noise: a disk that packs what it keeps would need no room for zeros.
  const bytes = new Uint8Array(SIZE);
  for (let at = 0; at < SIZE; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  }
  const tx = store.db.transaction("meta", "readwrite");
  await commit(tx, () => [tx.store.put(bytes, RESERVE)]);
}

/** Lets the room go. */
export async function release(store: Store): Promise<void> {
  await store.db.delete("meta", RESERVE);
}

export function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.code === "storage-full";
}

/** Writes; when the disk is full, once more with the room that was kept back. */
export async function withRoom<T>(store: Store, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isFull(error)) throw error;
    await release(store);
    return write();
  }
}
