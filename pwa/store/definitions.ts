/**
 * Catalogue, form definitions and their resources, as the server published them: not secret, shared
 * by everyone on the phone. Definitions and resources are kept as the text that was checked against
 * its digest, for reading JSON is faster than the database's own object copy.
 */
import type { Catalogue } from "../api/contract.ts";
import { commit } from "./errors.ts";
import type { Shared } from "./schema.ts";

export type Published = "definitions" | "resources";

/** The catalogue as last fetched, and the server's tag for it. */
export interface KeptCatalogue {
  catalogue: Catalogue;
  etag: string | null;
}

export async function readCatalogue(shared: Shared): Promise<Catalogue | undefined> {
  return (await keptCatalogue(shared))?.catalogue;
}

export async function keptCatalogue(shared: Shared): Promise<KeptCatalogue | undefined> {
  return (await shared.get("settings", "catalogue")) as KeptCatalogue | undefined;
}

export async function saveCatalogue(shared: Shared, kept: KeptCatalogue): Promise<void> {
  const tx = shared.transaction("settings", "readwrite");
  await commit(tx, () => [tx.store.put(kept, "catalogue")]);
}

/** The parsed file, or undefined when it is not on the phone. */
export async function readPublished<T>(
  shared: Shared,
  kind: Published,
  digest: string,
): Promise<T | undefined> {
  const row = await shared.get(kind, digest);
  return row && (JSON.parse(row.text) as T);
}

export async function hasPublished(
  shared: Shared,
  kind: Published,
  digest: string,
): Promise<boolean> {
  return (await shared.getKey(kind, digest)) !== undefined;
}

/** @param text already checked against the digest */
export async function savePublished(
  shared: Shared,
  kind: Published,
  digest: string,
  text: string,
): Promise<void> {
  const tx = shared.transaction(kind, "readwrite");
  await commit(tx, () => [tx.store.put({ digest, text, savedAt: Date.now() })]);
}

/** Removes what nobody needs any more. @param keep digests */
export async function sweep(shared: Shared, kind: Published, keep: Set<string>): Promise<void> {
  const tx = shared.transaction(kind, "readwrite");
  const digests = await tx.store.getAllKeys();
  const gone = digests.filter((digest) => !keep.has(digest));
  await commit(tx, () => [...gone.map((digest) => tx.store.delete(digest))]);
}
