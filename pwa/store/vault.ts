/**
 * The key of one person's store, and sealing with it. Personal records are AES-256-GCM under a key
 * that scripts cannot read out; each seal is bound to its place, so that one record cannot be put in
 * another's stead. The key lies in the database itself ("device" kind): it stops reading through
 * script or by copying single records, not by whoever copies the whole profile folder. A PIN or a
 * passkey's secret wraps the same key as further kinds of the same row.
 */
import { type Bytes, textOf, utf8 } from "./bytes.ts";
import { StoreError } from "./errors.ts";
import type { Sealed } from "./records.ts";

/** How the key is kept; further kinds carry it wrapped. */
type VaultRow = { kind: "device"; key: CryptoKey };

export interface Vault {
  /** @param place store and id of the record, e.g. "drafts/4c1f…" @param value JSON */
  seal(place: string, value: unknown): Promise<Sealed>;
  /** Throws StoreError `store-locked` when the seal does not fit place or key. */
  open<T>(place: string, sealed: Sealed): Promise<T>;
}

/** Where the row is kept; `add` returns the row that is there afterwards. */
export interface VaultPlace {
  read(): Promise<unknown>;
  add(row: VaultRow): Promise<unknown>;
}

export async function openVault(place: VaultPlace): Promise<Vault> {
  const row = (await place.read()) ?? (await place.add(await newRow()));
  if (!isDeviceRow(row)) throw new StoreError("store-locked");
  return vaultOf(row.key);
}

async function newRow(): Promise<VaultRow> {
  const algorithm = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(algorithm, false, ["encrypt", "decrypt"]);
  return { kind: "device", key };
}

function isDeviceRow(row: unknown): row is VaultRow {
  return (row as VaultRow | null)?.kind === "device";
}

function vaultOf(key: CryptoKey): Vault {
  const parameters = (iv: Bytes, place: string) => ({
    name: "AES-GCM",
    iv,
    additionalData: utf8(place),
  });
  return {
    async seal(place, value) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = utf8(JSON.stringify(value));
      return { iv, data: await crypto.subtle.encrypt(parameters(iv, place), key, plain) };
    },
    async open<T>(place: string, sealed: Sealed): Promise<T> {
      try {
        const plain = await crypto.subtle.decrypt(parameters(sealed.iv, place), key, sealed.data);
        return JSON.parse(textOf(plain)) as T;
      } catch (error) {
        throw new StoreError("store-locked", error);
      }
    },
  };
}
