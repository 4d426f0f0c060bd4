/**
 * Handing a draft to a colleague on the same phone. Each store is sealed by its own lock, so the draft
 * goes through memory while both are there: taken out of the one, kept in the other, then removed from
 * the first. A cut in between leaves it with the giver, or at worst with both; the agency takes it once.
 */
import { readBlob } from "./blobs.ts";
import { type Draft, type Helper, inTurn, readDraft, sealedRow } from "./drafts.ts";
import { commit, StoreError } from "./errors.ts";
import { newId } from "./identifiers.ts";
import type { BlobRow } from "./records.ts";
import type { Store } from "./schema.ts";
import { announce } from "./watch.ts";

/** A draft on its way between two stores, with the ciphertexts of its pages. */
export interface Handed {
  /** Name of the giver's store. */
  from: string;
  draft: Draft;
  blobs: { digest: string; data: ArrayBuffer }[];
}

/** Reads a draft for handing over; the store stays as it is. Only what is filled for somebody. */
export async function takeOut(store: Store, id: string): Promise<Handed> {
  const draft = await readDraft(store, id);
  if (!draft) throw new StoreError("record-missing");
  if (draft.state !== "open" || !draft.helper || draft.supplement) {
    throw new StoreError("draft-closed");
  }
  const blobs: Handed["blobs"] = [];
  for (const { digest } of draft.pages) {
    const data = await readBlob(store, digest);
    if (data) blobs.push({ digest, data });
  }
  return { from: store.name, draft, blobs };
}

/** Keeps it as the taker's own; who held it before stays named. @returns the draft here */
export function putIn(store: Store, { draft, blobs }: Handed, taker: Helper): Promise<Draft> {
  return inTurn(store, async () => {
    const before = draft.helper ? [...(draft.helpersBefore ?? []), draft.helper] : [];
    const taken: Draft = {
      ...draft,
      id: newId(),
      helper: taker,
      helpersBefore: before,
      updatedAt: Date.now(),
    };
    const row = { ...(await sealedRow(store, taken)), revision: 1 };
    const tx = store.db.transaction(["drafts", "blobs"], "readwrite", { durability: "strict" });
    const pages = blobs.map((blob): BlobRow => ({ ...blob, draft: taken.id }));
    await commit(tx, () => [
      tx.objectStore("drafts").put(row),
      ...pages.map((page) => tx.objectStore("blobs").put(page)),
    ]);
    announce("drafts");
    return taken;
  });
}

/** Removes what was handed over from the giver's store, locked or not, unless it was sent meanwhile. */
export async function letGoOfHanded(giver: Store, { draft }: Handed): Promise<void> {
  const tx = giver.db.transaction(["drafts", "blobs"], "readwrite");
  const [drafts, blobs] = [tx.objectStore("drafts"), tx.objectStore("blobs")];
  const isHere = (await drafts.get(draft.id))?.state === "open";
  const pages = isHere ? await blobs.index("draft").getAllKeys(draft.id) : [];
  await commit(tx, () => [
    isHere && drafts.delete(draft.id),
    ...pages.map((digest) => blobs.delete(digest)),
  ]);
  announce("drafts");
}
