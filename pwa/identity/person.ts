/**
 * The person signed in on this phone: takes over what a sign-in answers, opens their store, and binds
 * the store's device key to them. Signing in guards reading; sending works without it.
 */
import { type Call, call, callJson, type Net, net } from "../api/client.ts";
import { ProblemError, Unreachable } from "../api/problems.ts";
import { base64url } from "../store/bytes.ts";
import { activate, isSignedIn, saveSetting, welcome } from "../store/people.ts";
import type { Profile } from "../store/records.ts";
import { openStore, type Shared, type Store } from "../store/schema.ts";
import { openDevice } from "./device.ts";

/** As the server states a person: one appointment's role and commune are shown with the name. */
export type Person = Omit<Profile, "store">;

/** `meta` key: the device is bound to the person. */
const ENROLLED = "enrolled";

/** The end of every sign-in: the request that answers with the person and sets the login cookie. */
export async function signIn(
  shared: Shared,
  path: string,
  body: object,
  around: Net = net,
): Promise<Profile> {
  const person = await callJson<Person>(around, path, { body, withLogin: true });
  const { personId, name, role, commune } = person;
  const profile = await welcome(shared, { personId, name, role, commune });
  const store = await openStore(shared, profile.store);
  try {
    await enrolDevice(store, around);
  } finally {
    store.db.close();
  }
  return profile;
}

/**
 * Who the server says is signed in; null when nobody is, or somebody else than this store's person.
 * Throws Unreachable without a network: then the profile on the phone counts.
 */
export async function currentPerson(store: Store, around: Net = net): Promise<Person | null> {
  if (!(await isSignedIn(store))) return null;
  try {
    const person = await callJson<Person>(around, "/identity/me", { withLogin: true });
    await enrolDevice(store, around);
    return store.name === `person.${person.personId}` ? person : null;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) throw error;
    await saveSetting(store.shared, "login", null);
    return null;
  }
}

/**
 * Signs out and goes back to the citizen's own store; drafts and journal of the person stay sealed on
 * the phone and are still delivered.
 * @returns false when the server could not be told: its cookie lives on until it ends
 */
export async function signOut(shared: Shared, around: Net = net): Promise<boolean> {
  await saveSetting(shared, "login", null);
  await activate(shared);
  const request: Call = { method: "DELETE", withLogin: true };
  try {
    await call(around, "/identity/login", request);
    return true;
  } catch (error) {
    if (error instanceof Unreachable) return false;
    if (error instanceof ProblemError && error.status === 401) return true;
    throw error;
  }
}

/** Binds the store's device key to the person; once. Without a network the next start tries again. */
async function enrolDevice(store: Store, around: Net): Promise<void> {
  if (await store.db.get("meta", ENROLLED)) return;
  const { point } = await openDevice(store);
  try {
    const body = { key: base64url(point) };
    await call(around, "/identity/devices", { body, withLogin: true });
    await store.db.put("meta", true, ENROLLED);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
}
