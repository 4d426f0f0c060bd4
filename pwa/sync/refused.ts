/**
 * What to do with what was refused for good, where there is nothing to mend: its answers stay as a
 * draft for another day, or it leaves the phone.
 */
import { removeDraft } from "../store/drafts.ts";
import { commit } from "../store/errors.ts";
import type { Store } from "../store/schema.ts";
import { announce } from "../store/watch.ts";
import type { JournalItem } from "./queue.ts";

/** Refusals that no change of the answers would turn. */
const FINAL = new Set([
  "procedure-closed",
  "procedure-unknown",
  "commune-unknown",
  "dossier-exists",
  "dossier-unknown",
  "supplement-closed",
  "transition-not-allowed",
  "not-allowed",
]);

export function isFinal({
  kind,
  state,
  reason,
}: Pick<JournalItem, "kind" | "state" | "reason">): boolean {
  // A wish to withdraw has no answers to mend.
  const isHopeless = kind === "dossier.withdraw" || (reason !== null && FINAL.has(reason));
  return state === "needs-repair" && isHopeless;
}

/** Its answers may be of use again: a whole dossier that the procedure does not take now. */
export function isWorthKeeping(item: JournalItem): boolean {
  return item.kind === "dossier.submit" && item.draft !== null && item.reason !== "dossier-exists";
}

/** The draft is open as before Send; the refused item is gone. */
export async function keepAsDraft(store: Store, { id, draft }: JournalItem): Promise<void> {
  const tx = store.db.transaction(["drafts", "journal"], "readwrite", { durability: "strict" });
  const drafts = tx.objectStore("drafts");
  const row = draft === null ? undefined : await drafts.get(draft);
  await commit(tx, () => [
    row && drafts.put({ ...row, state: "open" }),
    tx.objectStore("journal").delete(id),
  ]);
  announce("drafts");
  announce("journal");
}

/** Off the phone, with its draft and pages. */
export async function letRefusedGo(store: Store, { id, draft }: JournalItem): Promise<void> {
  if (draft !== null) await removeDraft(store, draft);
  await store.db.delete("journal", id);
  announce("journal");
}
