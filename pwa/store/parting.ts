/**
 * A person whose device was revoked leaves the phone's list of people. As long as sealed items of theirs
 * wait to be sent, they are named as whose these are; then the name goes, and with it, as soon as
 * nobody looks at it, the emptied store.
 */
import { commit } from "./errors.ts";
import { profileOf } from "./people.ts";
import type { JournalRow } from "./records.ts";
import { eraseStore, openStore, type Shared, type Store } from "./schema.ts";
import { announce } from "./watch.ts";

/** The agency has not all of it yet. What was refused is nothing without its draft. */
export function isWaiting({ state }: Pick<JournalRow, "state">): boolean {
  return state !== "settled" && state !== "needs-repair";
}

/** Notes that the person of this store leaves. @returns whether nothing of theirs waits any more */
export async function part(store: Store): Promise<boolean> {
  const profile = await profileOf(store);
  const hasWaiting = (await store.db.getAll("journal")).some(isWaiting);
  const name = hasWaiting ? profile?.name : "";
  if (profile && (profile.name !== name || !profile.isLeaving)) {
    const { store: key, personId } = profile;
    const nobody = { account: "", name: "", role: "", commune: "", communeName: "" };
    const kept = hasWaiting ? profile : { store: key, personId, ...nobody };
    const tx = store.shared.transaction("people", "readwrite");
    await commit(tx, () => [tx.store.put({ ...kept, isLeaving: true })]);
    announce("lock");
  }
  return !hasWaiting;
}

/** Everyone who leaves and has nothing waiting goes. @param active whose store is open, and stays until it is left */
export async function partFromAll(shared: Shared, active: string): Promise<void> {
  for (const { store: name, isLeaving } of await shared.getAll("people")) {
    if (!isLeaving) continue;
    const store = await openStore(shared, name);
    const mayGo = (await part(store)) && name !== active;
    store.db.close();
    if (mayGo) await eraseStore(shared, name);
  }
}
