/**
 * Names that the phone gives: identifiers, the dossier code that a person can say on the telephone,
 * and instants as the contracts write them.
 */
import { sha256, utf8 } from "./bytes.ts";

/** UUID version 4 in lower case. By hand: `crypto.randomUUID` came with Chrome 92. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `HS-XXXX-XXXX`: the first 40 bits of SHA-256 of the dossier id, in Crockford's base 32. */
export async function dossierCode(dossier: string): Promise<string> {
  const start = (await sha256(utf8(dossier))).subarray(0, 5);
  // 40 bits stay exact in a double.
  let number = start.reduce((sum, byte) => sum * 256 + byte, 0);
  let letters = "";
  for (let at = 0; at < 8; at++) {
    letters = CROCKFORD.charAt(number % 32) + letters;
    number = Math.floor(number / 32);
  }
  return `HS-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** Milliseconds since 1970 as `2026-11-22T01:02:03Z`. */
export function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
