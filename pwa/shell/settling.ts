/**
 * What follows an opened store and nobody waits for: word that the device was revoked, locking by
 * itself, binding the device to its person, and letting people and ended dossiers go.
 */
import { bindDevice, currentPerson } from "../identity/person.ts";
import { readLimits, watchIdle } from "../lock/idle.ts";
import { letEndedGo } from "../store/leaving.ts";
import { wrapsOf } from "../store/locks.ts";
import { part, partFromAll } from "../store/parting.ts";
import { profileOf, profiles } from "../store/people.ts";
import { USUAL_DAYS } from "../store/records.ts";
import type { Store } from "../store/schema.ts";
import { wipedFor } from "../store/wipe.ts";
import type { App } from "./app.ts";

/** @param binds ask who is signed in, and make the device theirs */
export async function settleIn(app: App, binds: boolean): Promise<void> {
  const { store } = app;
  const isRevoked = (await wipedFor(store)) === "revoked";
  // The app may have ended between the wipe and this.
  if (isRevoked) await part(store);
  await partFromAll(app.shared, store.name);
  const [people, profile] = [await profiles(app.shared), await profileOf(store)];
  if (app.store === store) app.set({ people, profile });
  if (isRevoked) app.set({ gate: "revoked", drafts: [], items: [], dossiers: [], news: [] });
  await watchLock(app);
  if (store.vault.isLocked || app.store !== store) return;
  const days = app.state.catalogue?.keptDays ?? USUAL_DAYS;
  await letEndedGo(store, days, Date.now());
  if (binds) await bound(store);
}

/** Begins to watch for the time to lock, or ends it where there is no lock. */
export async function watchLock(app: App): Promise<void> {
  const { store } = app;
  const hasLock = (await wrapsOf(store)).length > 0;
  const limits = await readLimits(store);
  app.endWatch();
  if (!hasLock || store.vault.isLocked || app.store !== store) return;
  app.endWatch = watchIdle(limits, () => void app.lock());
}

/** An expired login is noticed on the way; it stands in nobody's way. */
async function bound(store: Store): Promise<void> {
  await currentPerson(store).catch(() => undefined);
  await bindDevice(store).catch(() => undefined);
}
