/**
 * Dossiers as the server sees them, kept for reading without a network. Each is a whole snapshot:
 * applying one twice, or an older one late, changes nothing. What the person has not seen yet is told
 * from the last event they have seen, so there is no second list that could disagree.
 */
import type { DossierView, TimelineEntry } from "../api/contract.ts";
import { commit } from "./errors.ts";
import type { DossierRow } from "./records.ts";
import type { Store } from "./schema.ts";
import { announce } from "./watch.ts";

/** One line of the inbox. */
export interface News {
  dossier: DossierView;
  entry: TimelineEntry;
  isNew: boolean;
}

/** What the person did themselves, and what only moves numbers, is no news to them. */
const NO_NEWS = new Set([
  "dossier.submitted",
  "dossier.supplemented",
  "dossier.withdrawal_requested",
  "page.received",
]);

/** States after which no supplement can come: what was filed leaves the phone. */
const CLOSED = new Set(["refused", "stopped", "finished", "returned"]);

/** All dossiers, the newest event first. */
export async function listDossiers(store: Store): Promise<DossierView[]> {
  const views = (await readAll(store)).map(({ view }) => view);
  return views.sort((a, b) => compare(lastAt(b), lastAt(a)));
}

export async function readDossier(store: Store, id: string): Promise<DossierView | undefined> {
  const row = await store.db.get("dossiers", id);
  return row && unsealed(store, row);
}

/** The version the phone knows; 0 for a dossier it has not heard of. */
export async function knownVersion(store: Store, id: string): Promise<number> {
  return (await store.db.get("dossiers", id))?.version ?? 0;
}

/** Every step of every dossier that others took, newest first. */
export async function inbox(store: Store): Promise<News[]> {
  const news = (await readAll(store)).flatMap(({ row, view }) => newsOf(view, row.seen));
  return news.sort((a, b) => compare(b.entry.at, a.entry.at) || b.entry.seq - a.entry.seq);
}

/** Marks what there is as seen, of one dossier or of all. */
export async function markSeen(store: Store, dossier?: string): Promise<void> {
  const tx = store.db.transaction("dossiers", "readwrite");
  const rows = await tx.store.getAll(dossier);
  const unseen = rows.filter((row) => row.seen < row.seq);
  await commit(tx, () => [...unseen.map((row) => tx.store.put({ ...row, seen: row.seq }))]);
  if (unseen.length > 0) announce("dossiers");
}

/**
 * Takes over snapshots together with the mark up to which they were read, in one transaction.
 * @param mark written to `meta` under its own name
 * @returns the news among them, oldest first
 */
export async function applyDossiers(
  store: Store,
  views: DossierView[],
  mark: { name: string; value: unknown },
): Promise<News[]> {
  const sealed = await Promise.all(
    views.map((view) => store.vault.seal(`dossiers/${view.id}`, view)),
  );
  const tx = store.db.transaction(["dossiers", "filed", "meta"], "readwrite");
  const dossiers = tx.objectStore("dossiers");
  const present = await Promise.all(views.map(({ id }) => dossiers.get(id)));
  const fresh = views.filter((view, at) => isNewer(view, present[at]));
  await commit(tx, () => [
    tx.objectStore("meta").put(mark.value, mark.name),
    ...fresh
      .filter(({ state }) => CLOSED.has(state))
      .map(({ id }) => tx.objectStore("filed").delete(id)),
    ...views.map((view, at) => {
      const before = present[at];
      const content = sealed[at];
      if (!content || !isNewer(view, before)) return undefined;
      const { id, form, version, seq } = view;
      return dossiers.put({ id, form, version, seq, seen: before?.seen ?? 0, sealed: content });
    }),
  ]);
  if (views.length > 0) announce("dossiers");
  const known = new Map(present.map((row) => [row?.id, row?.seq]));
  const news = fresh.flatMap((view) => newsOf(view, known.get(view.id) ?? 0));
  return news.filter(({ isNew }) => isNew).sort((a, b) => a.entry.seq - b.entry.seq);
}

/** Snapshots may come late or twice. */
function isNewer(view: DossierView, before: DossierRow | undefined): boolean {
  return !before || (view.seq >= before.seq && view.version >= before.version);
}

function newsOf(dossier: DossierView, seen: number): News[] {
  return dossier.timeline
    .filter(({ event }) => !NO_NEWS.has(event))
    .map((entry) => ({ dossier, entry, isNew: entry.seq > seen }));
}

async function readAll(store: Store): Promise<{ row: DossierRow; view: DossierView }[]> {
  const rows = await store.db.getAll("dossiers");
  return Promise.all(rows.map(async (row) => ({ row, view: await unsealed(store, row) })));
}

function unsealed(store: Store, row: DossierRow): Promise<DossierView> {
  return store.vault.open<DossierView>(`dossiers/${row.id}`, row.sealed);
}

function lastAt(view: DossierView): string {
  return view.timeline[view.timeline.length - 1]?.at ?? view.submittedAt;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
