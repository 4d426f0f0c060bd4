/**
 * From what a person has or knows to the key that wraps their store's key: a PIN by Argon2id, a
 * passkey's PRF secret by HKDF-SHA256 (RFC 5869). Neither secret nor key leaves the page. Each wrap is
 * bound to its store and kind.
 */
import { type Bytes, utf8 } from "../store/bytes.ts";
import type { Wrapping } from "../store/locks.ts";
import type { Wrap } from "../store/vault.ts";
import type { Cost } from "./argon.ts";
import { LEAST, measuredCost, stretch } from "./stretch.ts";

/** What a passkey gave: its id (base64url) and 32 bytes that only it can make. */
export interface PasskeySecret {
  credential: string;
  secret: Bytes;
}

const LABEL = "hoso/store-lock/v1";

/** @param store its name @param pin checked by lock/pin.ts @param price what each guess shall cost; else measured */
export function byPin(store: string, pin: string, price?: Cost): Wrapping {
  return async (key) => {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const cost = price ?? (await measuredCost());
    const wrapper = await imported(await stretch(utf8(pin), salt, cost));
    return { by: "pin", salt, ...cost, ...(await wrapped(wrapper, place(store, "pin"), key)) };
  };
}

export function byPasskey(store: string, { credential, secret }: PasskeySecret): Wrapping {
  return async (key) => {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const wrapper = await spread(secret, salt, store);
    const sealed = await wrapped(wrapper, place(store, "passkey"), key);
    return { by: "passkey", credential, salt, ...sealed };
  };
}

/** The store's key; null when the PIN is another. */
export async function openedByPin(store: string, wrap: Wrap, pin: string): Promise<Bytes | null> {
  const { memory = LEAST.memory, passes = LEAST.passes } = wrap;
  const wrapper = await imported(await stretch(utf8(pin), wrap.salt, { memory, passes }));
  return unwrapped(wrapper, place(store, "pin"), wrap);
}

/** The store's key; null when the secret is another passkey's. */
export async function openedByPasskey(
  store: string,
  wrap: Wrap,
  { secret }: PasskeySecret,
): Promise<Bytes | null> {
  return unwrapped(await spread(secret, wrap.salt, store), place(store, "passkey"), wrap);
}

function place(store: string, by: Wrap["by"]): Bytes {
  return utf8(`${LABEL}\0${by}\0${store}`);
}

function imported(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function spread(secret: Bytes, salt: Bytes, store: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt, info: place(store, "passkey") },
    base,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

async function wrapped(wrapper: CryptoKey, additionalData: Bytes, key: Bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const parameters = { name: "AES-GCM", iv, additionalData };
  return { iv, data: await crypto.subtle.encrypt(parameters, wrapper, key) };
}

async function unwrapped(
  wrapper: CryptoKey,
  additionalData: Bytes,
  { iv, data }: Wrap,
): Promise<Bytes | null> {
  const parameters = { name: "AES-GCM", iv, additionalData };
  return crypto.subtle.decrypt(parameters, wrapper, data).then(
    (key) => new Uint8Array(key),
    () => null,
  );
}
