/**
 * The key of one person's store, and sealing with it. Personal records are AES-256-GCM under a key
 * that scripts cannot read out; each seal is bound to its place, so that one record cannot be put in
 * another's stead. Where no lock is chosen the key itself lies in the database ("device" kind): it
 * stops reading through script or by copying single records, not by whoever copies the whole profile
 * folder. Behind a lock ("locked" kind) only wrapped copies of the key lie there, and the key is in
 * memory from unlocking to locking: see store/locks.ts.
 */
import { type Bytes, textOf, utf8 } from "./bytes.ts";
import { StoreError } from "./errors.ts";
import { newId } from "./identifiers.ts";
import type { Sealed } from "./records.ts";

/** A copy of the store's key that one secret opens. How the secret is stretched: lock/secrets.ts. */
export interface Wrap extends Sealed {
  by: "pin" | "passkey";
  salt: Bytes;
  /** Of a PIN, Argon2id: KiB and passes. */
  memory?: number;
  passes?: number;
  /** Of a passkey: its id, base64url. */
  credential?: string;
}

/** `era` changes with the key, so that another tab notices that its own is of yesterday. */
export type VaultRow = { era: string } & (
  | { kind: "device"; key: CryptoKey }
  | { kind: "locked"; wraps: Wrap[] }
);

export interface Vault {
  /** There is a lock, and this page has not opened it. */
  readonly isLocked: boolean;
  /** Of the row whose key this page uses or waits for; undefined while there is none. */
  readonly era: string | undefined;
  /** @param place store and id of the record, e.g. "drafts/4c1f…" @param value JSON */
  seal(place: string, value: unknown): Promise<Sealed>;
  /** Throws StoreError `store-locked` when the seal does not fit place or key. */
  open<T>(place: string, sealed: Sealed): Promise<T>;
  /** From now on sealed and opened with this key; null: locked. */
  use(key: CryptoKey | null, era?: string): void;
}

/** Where the row is kept; `add` returns the row that is there afterwards. */
export interface VaultPlace {
  read(): Promise<unknown>;
  add(row: VaultRow): Promise<unknown>;
}

/** `meta` key of the row. */
export const VAULT = "vault";

/**
 * The vault as its row says. A store without a row gets a key with its first seal: whoever chooses a
 * lock before that has never had a bare key on the disk.
 */
export async function openVault(place: VaultPlace): Promise<Vault> {
  let { key, isLocked, era } = heldBy(await place.read());
  return {
    get isLocked() {
      return isLocked;
    },
    get era() {
      return era;
    },
    use(given, now) {
      key = given ?? undefined;
      isLocked = given === null;
      era = now ?? era;
    },
    async seal(at, value) {
      if (!key && !isLocked) ({ key, isLocked, era } = heldBy(await place.add(await newRow())));
      return sealWith(needed(key), at, value);
    },
    async open<T>(at: string, sealed: Sealed): Promise<T> {
      // Another page may have sealed first.
      if (!key && !isLocked) ({ key, isLocked, era } = heldBy(await place.read()));
      return openWith<T>(needed(key), at, sealed);
    },
  };
}

/** A key that lies in the database as it is. */
export async function newRow(): Promise<{ kind: "device"; key: CryptoKey; era: string }> {
  const algorithm = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
  return { kind: "device", key, era: newId() };
}

/** A row of a kind that this version does not know is a lock that it cannot open. */
function heldBy(row: unknown) {
  const known = row as VaultRow | undefined;
  const era = known?.era;
  if (known?.kind === "device") return { key: known.key, isLocked: false, era };
  return { key: undefined, isLocked: known !== undefined, era };
}

function needed(key: CryptoKey | undefined): CryptoKey {
  if (!key) throw new StoreError("store-locked");
  return key;
}

const parameters = (iv: Bytes, place: string) => ({
  name: "AES-GCM",
  iv,
  additionalData: utf8(place),
});

export async function sealWith(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = utf8(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt(parameters(iv, place), key, plain) };
}

export async function openWith<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  try {
    const plain = await crypto.subtle.decrypt(parameters(sealed.iv, place), key, sealed.data);
    return JSON.parse(textOf(plain)) as T;
  } catch (error) {
    throw new StoreError("store-locked", error);
  }
}
