/**
 * Opening a locked store, and changing what opens it: by PIN with its tries counted, by passkey
 * without. A wrong one never destroys anything; forgetting all of them costs the drafts, see
 * store/wipe.ts, never what waits to be sent.
 */
import type { Bytes } from "../store/bytes.ts";
import { alone } from "../store/lock.ts";
import { keepWrap, putLock, unlock, wrapsOf } from "../store/locks.ts";
import type { Store } from "../store/schema.ts";
import type { Cost } from "./argon.ts";
import { byPasskey, byPin, openedByPasskey, openedByPin, type PasskeySecret } from "./secrets.ts";
import { countTry, forgetTries, readTries } from "./tries.ts";

/** Codes: `pin-wrong`; `pin-wait` it is too early for another try; `passkey-other` opens nothing here. */
export class LockError extends Error {
  readonly code: "pin-wrong" | "pin-wait" | "passkey-other";
  constructor(code: LockError["code"]) {
    super(code);
    this.name = "LockError";
    this.code = code;
  }
}

/** Opens the store; throws LockError and leaves it locked when the PIN is not the one. */
export async function unlockByPin(store: Store, pin: string): Promise<void> {
  await unlock(store, await keyByPin(store, pin));
}

export async function unlockByPasskey(store: Store, given: PasskeySecret): Promise<void> {
  await unlock(store, await keyByPasskey(store, given));
}

/** Gives a store its first PIN, or another one. @param proof the PIN or passkey there was before @param price see `byPin` */
export async function choosePin(
  store: Store,
  pin: string,
  proof?: string | PasskeySecret,
  price?: Cost,
): Promise<void> {
  if (proof === undefined) {
    await putLock(store, byPin(store.name, pin, price));
    return;
  }
  const key = await (typeof proof === "string"
    ? keyByPin(store, proof)
    : keyByPasskey(store, proof));
  await keepWrap(store, await byPin(store.name, pin, price)(key));
}

/**
 * What a passkey just used for signing in means for the person's store: it opens it, or becomes its
 * lock when there is none. A lock it does not fit stays for its own PIN or passkey.
 */
export async function settlePasskey(store: Store, given: PasskeySecret): Promise<void> {
  if ((await wrapsOf(store)).length === 0) {
    await putLock(store, byPasskey(store.name, given));
    return;
  }
  await unlockByPasskey(store, given).catch((error: unknown) => {
    if (!(error instanceof LockError)) throw error;
  });
}

/** Lets a passkey open the store too. @param pin the proof */
export async function addPasskey(store: Store, given: PasskeySecret, pin: string): Promise<void> {
  const key = await keyByPin(store, pin);
  await keepWrap(store, await byPasskey(store.name, given)(key));
}

/** One try at a time, whatever number of tabs there are. */
function keyByPin(store: Store, pin: string): Promise<Bytes> {
  return alone("hoso-unlock", async () => {
    const wrap = (await wrapsOf(store)).find(({ by }) => by === "pin");
    if (!wrap) throw new LockError("pin-wrong");
    if ((await readTries(store)).left > 0) throw new LockError("pin-wait");
    await countTry(store);
    const key = await openedByPin(store.name, wrap, pin);
    if (!key) throw new LockError("pin-wrong");
    await forgetTries(store);
    return key;
  });
}

async function keyByPasskey(store: Store, given: PasskeySecret): Promise<Bytes> {
  const wraps = await wrapsOf(store);
  const wrap = wraps.find(({ credential }) => credential === given.credential);
  const key = wrap && (await openedByPasskey(store.name, wrap, given));
  if (!key) throw new LockError("passkey-other");
  return key;
}
