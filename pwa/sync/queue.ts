/**
 * The journal: every mutation from Send to receipt. Ordered by the time of Send; one bad item never
 * blocks the rest. Written here only; what becomes of a row is decided in sync/transitions.ts.
 */
import type { Fault, MutationKind } from "../api/contract.ts";
import { commit } from "../store/errors.ts";
import type { JournalRow, JournalState } from "../store/records.ts";
import { isFull, withRoom } from "../store/reserve.ts";
import type { Store } from "../store/schema.ts";
import { announce } from "../store/watch.ts";
import { isUnsent } from "./transitions.ts";

/** The personal part of a row. */
export interface ItemContent {
  procedure: string;
  applicant: string;
}

/** A journal item as the screens show it. Sizes in bytes, times in milliseconds since 1970. */
export interface JournalItem extends ItemContent {
  id: string;
  dossier: string;
  code: string;
  draft: string | null;
  kind: MutationKind;
  state: JournalState;
  createdAt: number;
  verdict: string | null;
  heldFor: string | undefined;
  /** Code of the last failure or of the refusal; null when nothing stands in the way. */
  reason: string | null;
  attempts: number;
  nextTryAt: number;
  bytesTotal: number;
  bytesLeft: number;
  pagesTotal: number;
  pagesSent: number;
  /** JWS, kept for good. */
  receipt: string | null;
  /** Of a refusal: where the draft needs work. */
  faults: Fault[];
  /** Of a conflict: the server's text. */
  theirs: unknown;
  settledAt: number | null;
}

/** The whole journal, oldest first. */
export async function items(store: Store): Promise<JournalItem[]> {
  return Promise.all((await rows(store)).map((row) => itemOf(store, row)));
}

export async function itemOf(store: Store, row: JournalRow): Promise<JournalItem> {
  const content = await store.vault.open<ItemContent>(`journal/${row.id}`, row.sealed);
  const theirs = row.theirs && (await store.vault.open(`theirs/${row.id}`, row.theirs));
  const { id, dossier, code, draft, kind, state, createdAt, verdict, reason, receipt, faults } =
    row;
  const { attempts, nextTryAt, settledAt, heldFor } = row;
  const pageBytes = row.pages.reduce((sum, { length }) => sum + length, 0);
  const pagesLeft = row.pages.reduce((sum, { length, sent }) => sum + length - sent, 0);
  const textLeft = isUnsent(row) || state === "needs-repair" ? row.textBytes : 0;
  return {
    ...content,
    ...{ id, dossier, code, draft, kind, state, createdAt, verdict, reason, receipt, faults },
    ...{ attempts, nextTryAt, settledAt, heldFor, theirs },
    bytesTotal: row.textBytes + pageBytes,
    bytesLeft: textLeft + pagesLeft,
    pagesTotal: row.pages.length,
    pagesSent: row.pages.filter(({ length, sent }) => sent >= length).length,
  };
}

/** All rows, oldest first. */
export async function rows(store: Store): Promise<JournalRow[]> {
  const all = await store.db.getAll("journal");
  return all.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

/**
 * Writes rows back. One that another writer has settled or removed meanwhile stays as it is: where
 * there are no locks, a late failure must not undo a receipt.
 */
export async function keep(
  store: Store,
  changed: JournalRow[],
  durability: "strict" | "relaxed" = "relaxed",
): Promise<void> {
  if (changed.length === 0) return;
  await withRoom(store, async () => {
    const tx = store.db.transaction("journal", "readwrite", { durability });
    const present = await Promise.all(changed.map(({ id }) => tx.store.get(id)));
    const open = changed.filter((_, at) => present[at] && present[at]?.state !== "settled");
    await commit(tx, () => open.map((row) => tx.store.put(row)));
  });
  announce("journal");
}

/** The same for what is only good to know: a full disk must not stop the sending that makes room. */
export async function note(store: Store, changed: JournalRow[]): Promise<void> {
  try {
    await keep(store, changed);
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

/**
 * Writes a settled row, in one transaction with what becomes of the rest: pages leave the phone, the
 * draft becomes what the dossier was filed with.
 */
export async function letGo(store: Store, row: JournalRow): Promise<void> {
  await withRoom(store, () => settle(store, row)).catch(async (error: unknown) => {
    if (!isFull(error)) throw error;
    // The server holds the pages: they may go first, and what must be written then finds room.
    const owned = row.draft ? await store.db.getAllKeysFromIndex("blobs", "draft", row.draft) : [];
    for (const digest of owned) await store.db.delete("blobs", digest);
    await settle(store, row);
  });
  announce("journal");
  announce("drafts");
}

async function settle(store: Store, row: JournalRow): Promise<void> {
  const tx = store.db.transaction(["journal", "drafts", "filed", "blobs"], "readwrite", {
    durability: "strict",
  });
  const blobs = tx.objectStore("blobs");
  const drafts = tx.objectStore("drafts");
  const draft = row.draft ? await drafts.get(row.draft) : undefined;
  // Also pages that were taken but not sent: their questions became irrelevant.
  const owned = row.draft ? await blobs.index("draft").getAllKeys(row.draft) : [];
  await commit(tx, () => [
    tx.objectStore("journal").put(row),
    draft && tx.objectStore("filed").put(draft),
    draft && drafts.delete(draft.id),
    ...owned.map((digest) => blobs.delete(digest)),
    // Of an item whose draft is gone: the store was emptied while it waited.
    ...row.pages.map(({ digest }) => blobs.delete(digest)),
  ]);
}

/** Writes a row that needs repair and opens its draft for it, in one transaction. */
export async function giveBack(store: Store, row: JournalRow): Promise<void> {
  await withRoom(store, async () => {
    const tx = store.db.transaction(["journal", "drafts"], "readwrite", { durability: "strict" });
    const drafts = tx.objectStore("drafts");
    const draft = row.draft ? await drafts.get(row.draft) : undefined;
    await commit(tx, () => [
      tx.objectStore("journal").put(row),
      draft && drafts.put({ ...draft, state: "repair" }),
    ]);
  });
  announce("journal");
  announce("drafts");
}
