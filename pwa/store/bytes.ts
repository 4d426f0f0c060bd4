/**
 * Bytes as text and back: UTF-8, base64url, hex, SHA-256, and joining. Everything that is signed,
 * sealed or digested passes through here, so that page, worker and tests spell it alike.
 */

/** Bytes that WebCrypto and fetch take as they are (never over a SharedArrayBuffer). */
export type Bytes = Uint8Array<ArrayBuffer>;

/** UTF-8. */
export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}

/** UTF-8 back to text; throws TypeError where the bytes are not UTF-8. */
export function textOf(bytes: BufferSource): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** Unpadded base64url (RFC 4648 §5). */
export function base64url(bytes: Uint8Array): string {
  let binary = "";
  // In slices: a whole page spread into arguments overflows the stack.
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Unpadded base64url to bytes; throws DOMException where it is not base64url. */
export function fromBase64url(text: string): Bytes {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Lower-case hex. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One after the other in a new array. */
export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** SHA-256, 32 bytes. */
export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** SHA-256 as 64 lower-case hex digits: how forms, pages and contents are named. */
export async function digestOf(bytes: Bytes): Promise<string> {
  return hex(await sha256(bytes));
}
