/**
 * Receipts (docs/contracts.md §4): JWS compact, ES256, checked on the phone without a network. An item
 * settles only on a receipt that verifies and speaks of exactly that item.
 */
import type { ReceiptKey } from "../api/contract.ts";
import { fromBase64url, textOf, utf8 } from "../store/bytes.ts";

export type ReceiptFault =
  /** Not a receipt in form, or its signature is wrong. */
  | "receipt-invalid"
  /** Signed with a key that this phone has not seen: the catalogue may be old. */
  | "receipt-key-unknown"
  /** A true receipt, of something else. */
  | "receipt-mismatch";

/** What a receipt states; times: `iat` seconds by the server, `at` ISO by the device. */
export interface Receipt {
  iss: string;
  jti: string;
  sub: string;
  iat: number;
  kind: string;
  verdict: string;
  digest: string;
  pages: string[];
  device: string;
  at: string;
  code: string;
  number?: string;
}

/** What it must state. */
export interface Expected {
  id: string;
  dossier: string;
  digest: string;
  device: string;
  pages: { digest: string }[];
}

/** The receipt's content once its signature verifies, or what is wrong with it. */
export async function readReceipt(
  keys: ReceiptKey[],
  receipt: string,
): Promise<Receipt | Exclude<ReceiptFault, "receipt-mismatch">> {
  const [head = "", body = "", signature = "", ...rest] = receipt.split(".");
  try {
    const header = JSON.parse(textOf(fromBase64url(head))) as Record<string, unknown>;
    if (header.alg !== "ES256" || header.typ !== "hoso-receipt+jwt" || rest.length > 0) {
      return "receipt-invalid";
    }
    const jwk = keys.find(({ kid }) => kid === header.kid);
    if (!jwk) return "receipt-key-unknown";
    const { kty, crv, x, y } = jwk;
    const point = { kty, crv, x, y } as JsonWebKey;
    const curve = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("jwk", point, curve, false, ["verify"]);
    const signing = { name: "ECDSA", hash: "SHA-256" };
    const signed = utf8(`${head}.${body}`);
    const isTrue = await crypto.subtle.verify(signing, key, fromBase64url(signature), signed);
    return isTrue ? (JSON.parse(textOf(fromBase64url(body))) as Receipt) : "receipt-invalid";
  } catch {
    return "receipt-invalid";
  }
}

/** Null when the receipt verifies and states what is expected; else why it does not count. */
export async function receiptFault(
  keys: ReceiptKey[],
  receipt: string | undefined,
  expected: Expected,
): Promise<ReceiptFault | null> {
  if (receipt === undefined) return "receipt-invalid";
  const content = await readReceipt(keys, receipt);
  if (typeof content === "string") return content;
  const { jti, sub, digest, device, pages } = content;
  const isOurs =
    jti === expected.id &&
    sub === expected.dossier &&
    digest === expected.digest &&
    device === expected.device &&
    Array.isArray(pages) &&
    sameDigests(pages, expected.pages);
  return isOurs ? null : "receipt-mismatch";
}

function sameDigests(stated: string[], expected: { digest: string }[]): boolean {
  const ours = expected.map(({ digest }) => digest).sort();
  return ours.join() === [...stated].sort().join();
}
