/**
 * What has ended leaves the phone after a while: an officer's phone must not gather the papers of a
 * whole village. Photos go first, as soon as the agency has them (sync/queue.ts); what was answered
 * goes when the dossier is closed (store/dossiers.ts); here go the dossier itself, its journal and its
 * receipts, so many days after its last step.
 */
import { listDossiers } from "./dossiers.ts";
import { commit } from "./errors.ts";
import type { Store } from "./schema.ts";
import { announce } from "./watch.ts";

const ENDED = new Set(["refused", "stopped", "finished", "returned"]);
const DAY = 86_400_000;

/** @returns how many dossiers left; the store must be unlocked */
export async function letEndedGo(store: Store, days: number, now: number): Promise<number> {
  const ended = (await listDossiers(store)).filter(({ state, timeline, submittedAt }) => {
    const last = Date.parse(timeline[timeline.length - 1]?.at ?? submittedAt);
    return ENDED.has(state) && now - last > days * DAY;
  });
  if (ended.length === 0) return 0;
  const gone = new Set(ended.map(({ id }) => id));
  const tx = store.db.transaction(["dossiers", "filed", "journal"], "readwrite");
  const journal = tx.objectStore("journal");
  const items = (await journal.getAll()).filter(
    ({ dossier, state }) => state === "settled" && gone.has(dossier),
  );
  await commit(tx, () => [
    ...Array.from(gone).map((id) => tx.objectStore("dossiers").delete(id)),
    ...Array.from(gone).map((id) => tx.objectStore("filed").delete(id)),
    ...items.map(({ id }) => journal.delete(id)),
  ]);
  announce("dossiers");
  announce("journal");
  return gone.size;
}
