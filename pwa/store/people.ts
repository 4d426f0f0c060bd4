/**
 * Who uses this phone: the settings all share, the profiles of those who signed in, and whose store
 * is active. Kept without a network so that an officer opens the store in a house without signal.
 */
import { commit } from "./errors.ts";
import type { Profile } from "./records.ts";
import { OWN_STORE, type Shared, type Store } from "./schema.ts";

/**
 * Settings: `language` (a code), `store` (the active one), `login` (the person of the cookie), `openid`
 * (a sign-in by a provider was begun here).
 */
export type Setting = "language" | "store" | "login" | "openid" | "persisted";

export async function readSetting(shared: Shared, name: Setting): Promise<string | undefined> {
  return (await shared.get("settings", name)) as string | undefined;
}

export async function saveSetting(
  shared: Shared,
  name: Setting,
  value: string | null,
): Promise<void> {
  const tx = shared.transaction("settings", "readwrite");
  await commit(tx, () => [value === null ? tx.store.delete(name) : tx.store.put(value, name)]);
}

/** Everyone who has signed in on this phone and not been removed. */
export async function profiles(shared: Shared): Promise<Profile[]> {
  return (await shared.getAll("people")).filter(({ name }) => name);
}

/** Whose store this is; null for the citizen's own. */
export async function profileOf(store: Store): Promise<Profile | null> {
  return (await store.shared.get("people", store.name)) ?? null;
}

/** Makes a store the one that `openStore(shared)` opens. */
export function activate(shared: Shared, store: string = OWN_STORE): Promise<void> {
  return saveSetting(shared, "store", store);
}

/** Remembers who signed in and makes their store the active one. */
export async function welcome(shared: Shared, person: Omit<Profile, "store">): Promise<Profile> {
  const profile = { ...person, store: `person.${person.personId}` };
  const tx = shared.transaction(["people", "settings"], "readwrite");
  await commit(tx, () => [
    tx.objectStore("people").put(profile),
    tx.objectStore("settings").put(profile.store, "store"),
    tx.objectStore("settings").put(person.personId, "login"),
  ]);
  return profile;
}

/** The cookie may be used for this store: it is of the same person. */
export async function isSignedIn(store: Store): Promise<boolean> {
  const profile = await profileOf(store);
  return profile !== null && profile.personId === (await readSetting(store.shared, "login"));
}
