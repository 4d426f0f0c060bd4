/**
 * Room on the phone: the request to keep this site's data, and what the browser says of it. Its
 * figures are for showing only: whether there is room is known when a write succeeds, for
 * `estimate()` can answer gigabytes that the disk does not have.
 */
import { readSetting, saveSetting } from "./people.ts";
import type { Shared } from "./schema.ts";

/** Nulls: the browser does not say. Bytes. */
export interface Persistence {
  isPersisted: boolean | null;
  usage: number | null;
  quota: number | null;
}

/** Asked once, after the first draft is saved. Some browsers ask the person and answer late or never. */
export async function askPersistence(shared: Shared): Promise<void> {
  if ((await readSetting(shared, "persisted")) !== undefined) return;
  await saveSetting(shared, "persisted", "asked");
  // Not waited for: nothing depends on the answer, and the draft is already safe.
  storage()
    ?.persist?.()
    .catch(() => false);
}

export async function persistence(): Promise<Persistence> {
  const manager = storage();
  const [isPersisted, estimate] = await Promise.all([
    manager?.persisted?.().catch(() => null) ?? null,
    manager?.estimate?.().catch(() => null) ?? null,
  ]);
  return { isPersisted, usage: estimate?.usage ?? null, quota: estimate?.quota ?? null };
}

/** Absent in some browsers; a worker has no `persist`. */
function storage(): (Partial<StorageManager> & { persist?(): Promise<boolean> }) | undefined {
  return typeof navigator === "undefined" ? undefined : navigator.storage;
}
