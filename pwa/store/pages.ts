/**
 * The cipher of pages (docs/contracts.md §3): AES-256-GCM per 64 KiB of plaintext, so that a reader
 * may check and show a page piece by piece. The nonce counts the chunks and marks the last, so that
 * chunks cannot be dropped, swapped or cut off at the end. Safe because each page has its own key.
 */
import { type Bytes, concat } from "./bytes.ts";
import { StoreError } from "./errors.ts";

/** Plaintext bytes of a chunk, and of the tag behind each. */
export const CHUNK = 64 * 1024;
const TAG = 16;

/** Ciphertext bytes of a page of `size` plain bytes. */
export function sealedLength(size: number): number {
  return size + TAG * Math.max(1, Math.ceil(size / CHUNK));
}

/** 12 bytes: the chunk's number as 11 bytes big-endian, then 1 for the last chunk, else 0. */
function nonce(chunk: number, isLast: boolean): Bytes {
  const bytes = new Uint8Array(12);
  new DataView(bytes.buffer).setUint32(7, chunk);
  bytes[11] = isLast ? 1 : 0;
  return bytes;
}

async function pageKey(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param key 32 bytes, used for this page alone */
export async function encryptPage(key: Bytes, plain: Bytes): Promise<Bytes> {
  const cipher = await pageKey(key);
  const count = Math.max(1, Math.ceil(plain.length / CHUNK));
  const chunks: Bytes[] = [];
  for (let at = 0; at < count; at++) {
    const part = plain.subarray(at * CHUNK, (at + 1) * CHUNK);
    const parameters = { name: "AES-GCM", iv: nonce(at, at === count - 1) };
    chunks.push(new Uint8Array(await crypto.subtle.encrypt(parameters, cipher, part)));
  }
  return concat(...chunks);
}

/** Throws StoreError `store-locked` where a chunk was altered, moved, dropped, or the key is wrong. */
export async function decryptPage(key: Bytes, sealed: Bytes): Promise<Bytes> {
  const cipher = await pageKey(key);
  const step = CHUNK + TAG;
  const count = Math.max(1, Math.ceil(sealed.length / step));
  const chunks: Bytes[] = [];
  for (let at = 0; at < count; at++) {
    const part = sealed.subarray(at * step, (at + 1) * step);
    const parameters = { name: "AES-GCM", iv: nonce(at, at === count - 1) };
    try {
      chunks.push(new Uint8Array(await crypto.subtle.decrypt(parameters, cipher, part)));
    } catch (error) {
      throw new StoreError("store-locked", error);
    }
  }
  return concat(...chunks);
}
