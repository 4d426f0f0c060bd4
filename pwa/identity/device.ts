/**
 * The device key of one person's store: ECDSA P-256 that scripts can use but not read. It signs every
 * mutation, so that any session and any phone may deliver it, and proves who asks for changes
 * (docs/contracts.md §3, §4). In a store that had a lock before it had this key, the key is sealed
 * behind the lock: whoever copies the locked phone cannot sign in the person's name.
 */
import { type Bytes, base64url, concat, fromBase64url, sha256, utf8 } from "../store/bytes.ts";
import { StoreError } from "../store/errors.ts";
import type { Sealed } from "../store/records.ts";
import type { Store } from "../store/schema.ts";
import { VAULT, type VaultRow } from "../store/vault.ts";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

interface DeviceRow {
  id: string;
  point: Bytes;
  privateKey?: CryptoKey;
  /** The key as PKCS #8 in base64url, behind the store's lock. */
  sealed?: Sealed;
}

/** Where the sealed key is bound to. */
const PLACE = "meta/device";

export interface Device {
  /** base64url(SHA-256(point)). */
  readonly id: string;
  /** The public key: raw uncompressed point, 65 bytes. */
  readonly point: Bytes;
  /** ECDSA-SHA256, r ‖ s, 64 bytes. Throws `store-locked` where the key is behind a lock. */
  sign(content: Bytes): Promise<Bytes>;
}

/** The store's device; its key is made when first needed. */
export async function openDevice(store: Store): Promise<Device> {
  const present = await knownDevice(store);
  if (present) return present;
  const made = await newRow(store);
  const tx = store.db.transaction("meta", "readwrite");
  // Another tab may have been first: its key is the store's then.
  if ((await tx.store.get("device")) === undefined) await tx.store.put(made, "device");
  await tx.done;
  const device = await knownDevice(store);
  if (!device) throw new StoreError("storage-unavailable");
  return device;
}

/** The store's device if it has one already: a store that never sent anything has none. */
export async function knownDevice(store: Store): Promise<Device | undefined> {
  const row = (await store.db.get("meta", "device")) as DeviceRow | undefined;
  if (!row) return undefined;
  return {
    id: row.id,
    point: row.point,
    sign: async (content) =>
      new Uint8Array(await crypto.subtle.sign(SIGNING, await signingKey(store, row), content)),
  };
}

async function signingKey(store: Store, row: DeviceRow): Promise<CryptoKey> {
  if (row.privateKey) return row.privateKey;
  if (!row.sealed) throw new StoreError("storage-unavailable");
  const key = fromBase64url(await store.vault.open<string>(PLACE, row.sealed));
  return crypto.subtle.importKey("pkcs8", key, ECDSA, false, ["sign"]);
}

async function newRow(store: Store): Promise<DeviceRow> {
  const row = (await store.db.get("meta", VAULT)) as VaultRow | undefined;
  const hasLock = row?.kind === "locked";
  const usages: KeyUsage[] = ["sign", "verify"];
  const pair = (await crypto.subtle.generateKey(ECDSA, hasLock, usages)) as CryptoKeyPair;
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const id = base64url(await sha256(point));
  if (!hasLock) return { id, point, privateKey: pair.privateKey };
  const key = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  return { id, point, sealed: await store.vault.seal(PLACE, base64url(key)) };
}

/** `device` of a sync or push request: the key, and the proof of holding it once a nonce is known. */
export interface DeviceClaim {
  key: string;
  nonce?: string;
  proof?: string;
}

/** @param cursor the cursor sent along, "" for none: the proof is over both */
export async function claim(
  device: Device,
  nonce: string | undefined,
  cursor: string,
): Promise<DeviceClaim> {
  const key = base64url(device.point);
  if (nonce === undefined) return { key };
  const signed = concat(utf8("hoso/sync/v1\0"), utf8(nonce), utf8("\0"), utf8(cursor));
  return { key, nonce, proof: base64url(await device.sign(signed)) };
}
