/**
 * The person signed in on this phone: takes over what a sign-in answers, opens their store, and binds
 * the store's device key to them. Signing in guards reading; sending works without it.
 */
import { type Call, call, callJson, type Net, net } from "../api/client.ts";
import { ProblemError, Unreachable } from "../api/problems.ts";
import { alone } from "../store/lock.ts";
import { activate, isSignedIn, saveSetting, welcome } from "../store/people.ts";
import type { Profile } from "../store/records.ts";
import type { Shared, Store } from "../store/schema.ts";
import { within } from "../store/within.ts";
import { readingMark } from "../sync/exchange.ts";
import { claim, knownDevice, openDevice } from "./device.ts";

/** As the server states whoever is signed in. */
export interface Person {
  id: string;
  account: string;
  name: string;
  roles: { role: string; commune: string; communeName: string }[];
}

/** What the phone keeps: people with several appointments use it as village officers. */
export function profileFor({ id, account, name, roles }: Person): Omit<Profile, "store"> {
  const appointment = roles.find(({ role }) => role === "officer") ?? roles[0];
  const { role = "citizen", commune = "", communeName = "" } = appointment ?? {};
  return { personId: id, account, name, role, commune, communeName };
}

/** `meta` key: the device is bound to the person. */
const ENROLLED = "enrolled";
const PATIENCE = 3_000;

/**
 * The end of every sign-in: the request that answers with the person and sets the login cookie. The
 * store's device is bound to them later, by `bindDevice`: a lock, if one is chosen, comes before the
 * device's key is made.
 */
export async function signIn(
  shared: Shared,
  path: string,
  body: object,
  around: Net = net,
): Promise<Profile> {
  const person = await callJson<Person>(around, path, { body, withLogin: true });
  return welcome(shared, profileFor(person));
}

/**
 * Who the server says is signed in; null when nobody is, or somebody else than this store's person.
 * Throws Unreachable without a network: then the profile on the phone counts.
 */
export async function currentPerson(store: Store, around: Net = net): Promise<Person | null> {
  if (!(await isSignedIn(store))) return null;
  try {
    const person = await callJson<Person>(around, "/identity/me", { withLogin: true });
    await bindDevice(store, around);
    return store.name === `person.${person.id}` ? person : null;
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
  await saveSetting(shared, "openid", null);
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

/**
 * Binds the store's device key to the person signed in; once. Without a network the next start or
 * sending tries again. Behind a lock a key that is there already can be named, but nothing be proven.
 */
export function bindDevice(store: Store, around: Net = net): Promise<void> {
  // The app, its rounds and the end of a sign-in may all ask at once.
  return alone("hoso-device", () => bind(store, around));
}

/**
 * The end of a sign-in: many leave the network right after it, so binding is waited for, but not for
 * long. Never throws.
 */
export function bindAtOnce(store: Store): Promise<void> {
  return within(
    PATIENCE,
    bindDevice(store).catch(() => undefined),
  );
}

async function bind(store: Store, around: Net): Promise<void> {
  if ((await store.db.get("meta", ENROLLED)) || !(await isSignedIn(store))) return;
  // A key the server knows from what it sent is bound to who proves to hold it.
  const { nonce } = await readingMark(store);
  const { isLocked } = store.vault;
  const device = isLocked ? await knownDevice(store) : await openDevice(store);
  if (!device || (isLocked && nonce !== undefined)) return;
  const body = await claim(device, nonce, "");
  try {
    await call(around, "/identity/devices", { body, withLogin: true });
    await store.db.put("meta", true, ENROLLED);
  } catch (error) {
    // A device that was revoked or is another's may not be bound; signing in and sending go on, and
    // what it sends is held for the desk to decide.
    // A proof over a nonce that grew old is refused too: the next start has a newer one.
    const isBarred =
      error instanceof ProblemError && ["not-allowed", "signature-invalid"].includes(error.code);
    if (!isBarred && !(error instanceof Unreachable)) throw error;
  }
}
