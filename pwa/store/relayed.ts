/**
 * Sealed mutations of other phones that this one carries, with the pages that came along. They lie in
 * the database that everyone here shares, outside any lock: nobody on this phone can read them, and
 * whoever is there may deliver them.
 */
import { commit } from "./errors.ts";
import type { ParcelRow, RelayedRow } from "./records.ts";
import type { Shared } from "./schema.ts";
import { announce } from "./watch.ts";

/** All that is carried, oldest first. */
export async function relayed(shared: Shared): Promise<RelayedRow[]> {
  const all = await shared.getAll("relayed");
  return all.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/** Takes a mutation in. One that is here already keeps how far it has come. */
export async function takeIn(shared: Shared, row: RelayedRow): Promise<void> {
  const tx = shared.transaction("relayed", "readwrite", { durability: "strict" });
  const present = await tx.store.get(row.id);
  await commit(tx, () => [
    // One that was refused may be told another answer now.
    (!present || present.state === "needs-repair") && tx.store.put(row),
  ]);
  announce("relayed");
}

/** Takes a page in that a mutation here names. */
export async function takeParcel(shared: Shared, row: ParcelRow): Promise<void> {
  const tx = shared.transaction("parcels", "readwrite");
  await commit(tx, () => [tx.store.put(row)]);
}

/** Writes back those that are still here. */
export async function keepRelayed(shared: Shared, rows: RelayedRow[]): Promise<void> {
  const tx = shared.transaction("relayed", "readwrite");
  const present = await Promise.all(rows.map(({ id }) => tx.store.getKey(id)));
  const here = rows.filter((_, at) => present[at] !== undefined);
  await commit(tx, () => here.map((row) => tx.store.put(row)));
  announce("relayed");
}

/** Lets a mutation go with its pages; a page that another one here also names stays. */
export async function dropRelayed(shared: Shared, row: RelayedRow): Promise<void> {
  const tx = shared.transaction(["relayed", "parcels"], "readwrite");
  const others = (await tx.objectStore("relayed").getAll()).filter(({ id }) => id !== row.id);
  const needed = new Set(others.flatMap(({ pages }) => pages.map(({ digest }) => digest)));
  await commit(tx, () => [
    tx.objectStore("relayed").delete(row.id),
    ...row.pages
      .filter(({ digest }) => !needed.has(digest))
      .map(({ digest }) => tx.objectStore("parcels").delete(digest)),
  ]);
  announce("relayed");
}

/** The page's ciphertext; undefined when it did not come along. */
export async function parcel(shared: Shared, digest: string): Promise<ArrayBuffer | undefined> {
  return (await shared.get("parcels", digest))?.data;
}
