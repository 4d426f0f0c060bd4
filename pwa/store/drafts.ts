/**
 * Drafts: what a person is filling. Saved after each answer with relaxed durability, sealed whole.
 * A draft stays until its dossier is settled, so that a refusal can be mended; while it waits in the
 * journal ("sent") it takes no change.
 *
 * Saves of one page run in line. Each raises the row's revision; a page that saves over a revision it
 * has not seen would wipe what another tab wrote, so it is stopped with `draft-changed-elsewhere`.
 */
import type { SupplementItem } from "../api/contract.ts";
import { commit, StoreError } from "./errors.ts";
import { newId } from "./identifiers.ts";
import type { DraftRow, DraftState } from "./records.ts";
import { withRoom } from "./reserve.ts";
import type { Store } from "./schema.ts";
import { askPersistence } from "./space.ts";
import { announce } from "./watch.ts";

export interface Applicant {
  name: string;
  idNumber?: string;
  phone?: string;
  personId?: string;
}

/** Who fills the form for the applicant; without `personId` nobody vouches for them. */
export interface Helper {
  personId?: string;
  name: string;
  relation: string;
  /** On what ground, in the words agreed to. */
  authority?: string;
}

/** A photo of the draft: `name` is the question's value, `key` opens the ciphertext `digest`. */
export interface Page {
  name: string;
  path: string;
  type: string;
  /** Plain bytes, ciphertext bytes. */
  size: number;
  length: number;
  digest: string;
  key: string;
  width: number;
  height: number;
  addedAt: number;
}

/** The clerk's request that this draft answers. */
export interface Supplement {
  id: string;
  sentence: string;
  items: SupplementItem[];
}

/** An answer that had no place in a newer version: kept in words, and as it was, until the draft is sent. */
export interface LostAnswer {
  /** Of the question in the version before. */
  ref: string;
  label: string;
  /** In words, as the person read it. */
  shown: string;
  value: string;
  /** The value names a page of the draft. */
  isPage: boolean;
  why: "gone" | "type" | "choice" | "hidden";
}

/** What became of a draft that was carried to a newer version; `from` is the digest it came from. */
export interface Carried {
  from: string;
  at: number;
  lost: LostAnswer[];
}

interface DraftContent {
  procedure: string;
  commune: string;
  language: string;
  applicant: Applicant;
  helper: Helper | null;
  /** Whose hands it went through before, the first first. */
  helpersBefore?: Helper[];
  /** Which words about personal data were agreed to, and when (ISO). */
  consent?: { version: string; at: string };
  /** What the engine's `save` gave; kept as it is. */
  answers: unknown;
  /** The screen to come back to. */
  position: string | null;
  pages: Page[];
  supplement: Supplement | null;
  carried?: Carried;
  /** The newer version that the person has seen and put aside. */
  declined?: string;
}

export interface Draft extends DraftContent {
  id: string;
  dossier: string;
  form: string;
  state: DraftState;
  createdAt: number;
  updatedAt: number;
}

export type NewDraft = Omit<DraftContent, "position" | "pages" | "supplement"> & {
  form: string;
  supplement?: Supplement;
  /** The dossier that a supplement belongs to; a new one is named by default. */
  dossier?: string;
};

/** Begins a draft and keeps it; asks the browser to keep this site's data. */
export async function createDraft(store: Store, start: NewDraft): Promise<Draft> {
  const now = Date.now();
  const draft: Draft = {
    ...start,
    id: newId(),
    dossier: start.dossier ?? newId(),
    supplement: start.supplement ?? null,
    state: "open",
    position: null,
    pages: [],
    createdAt: now,
    updatedAt: now,
  };
  await saveDraft(store, draft);
  await askPersistence(store.shared);
  return draft;
}

/** All drafts, the newest change first. */
export async function listDrafts(store: Store): Promise<Draft[]> {
  const rows = await store.db.getAll("drafts");
  for (const row of rows) {
    if (!store.revisions.has(row.id)) store.revisions.set(row.id, row.revision);
  }
  rows.sort((a, b) => b.updatedAt - a.updatedAt);
  return Promise.all(rows.map((row) => unsealed(store, row)));
}

/** One draft for editing: from now on this page may save over what is there. */
export async function readDraft(store: Store, id: string): Promise<Draft | undefined> {
  const row = await store.db.get("drafts", id);
  if (!row) return undefined;
  store.revisions.set(id, row.revision);
  return unsealed(store, row);
}

/**
 * What a dossier was last filed with from this phone, its answers whole: a supplement opens on them,
 * for what is asked may depend on what is not. The pages' bytes are gone.
 */
export async function readFiled(store: Store, dossier: string): Promise<Draft | undefined> {
  const filed = await store.db.get("filed", dossier);
  if (filed) return unsealed(store, filed);
  // Pages of the filing may still be on their way when the desk already asks.
  const sent = (await store.db.getAll("drafts")).find(
    (row) => row.dossier === dossier && row.state === "sent",
  );
  return sent && unsealed(store, sent);
}

/** Keeps the draft as it is now. `updatedAt` of the object moves with it. */
export function saveDraft(store: Store, draft: Draft): Promise<void> {
  draft.updatedAt = Date.now();
  return inTurn(store, async () => {
    const row = await sealedRow(store, draft);
    const next = await withRoom(store, async () => {
      const tx = store.db.transaction("drafts", "readwrite", { durability: "relaxed" });
      const checked = checkedRow(store, await tx.store.get(draft.id), row);
      await commit(tx, () => [tx.store.put(checked)]);
      return checked;
    });
    store.revisions.set(draft.id, next.revision);
    announce("drafts");
  });
}

/** Removes a draft and its pages; one that waits to be sent stays. */
export function removeDraft(store: Store, id: string): Promise<void> {
  return inTurn(store, async () => {
    const draft = await readDraft(store, id);
    if (!draft) return;
    if (draft.state === "sent") throw new StoreError("draft-closed");
    const tx = store.db.transaction(["drafts", "blobs", "journal"], "readwrite");
    const [blobs, journal] = [tx.objectStore("blobs"), tx.objectStore("journal")];
    const pages = await blobs.index("draft").getAllKeys(id);
    // A refused item is nothing without its draft.
    const items = (await journal.getAll()).filter((item) => item.draft === id);
    await commit(tx, () => [
      tx.objectStore("drafts").delete(id),
      ...pages.map((digest) => blobs.delete(digest)),
      ...items.map((item) => journal.delete(item.id)),
    ]);
    announce("journal");
    store.revisions.delete(id);
    announce("drafts");
  });
}

/** The row of a draft, ready to be put; the revision is filled in by `checkedRow`. */
export async function sealedRow(store: Store, draft: Draft): Promise<DraftRow> {
  const { id, dossier, form, state, createdAt, updatedAt, ...content } = draft;
  const sealed = await store.vault.seal(`drafts/${id}`, content satisfies DraftContent);
  return { id, dossier, form, state, createdAt, updatedAt, revision: 0, sealed };
}

/** The row with its next revision; throws when this page may not write over what is there. */
export function checkedRow(store: Store, present: DraftRow | undefined, row: DraftRow): DraftRow {
  if (present?.state === "sent") throw new StoreError("draft-closed");
  const seen = store.revisions.get(row.id) ?? 0;
  if (present ? present.revision !== seen : seen !== 0) {
    throw new StoreError("draft-changed-elsewhere");
  }
  return { ...row, state: present?.state ?? row.state, revision: seen + 1 };
}

/** One after the other, whatever became of the one before. */
export function inTurn<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const turn = store.line.then(work, work);
  store.line = turn.catch(() => undefined);
  return turn;
}

async function unsealed(store: Store, row: DraftRow): Promise<Draft> {
  const content = await store.vault.open<DraftContent>(`drafts/${row.id}`, row.sealed);
  const { id, dossier, form, state, createdAt, updatedAt } = row;
  return { ...content, id, dossier, form, state, createdAt, updatedAt };
}
