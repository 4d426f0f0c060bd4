/**
 * From a mutation's payload to the sealed envelope (docs/contracts.md §3): signed by the device,
 * deflated, sealed with HPKE (RFC 9180, base mode, P-256) to the agency.
 */
import type { Catalogue } from "../api/contract.ts";
import type { Device } from "../identity/device.ts";
import { type Bytes, concat, fromBase64url, utf8 } from "../store/bytes.ts";
import { StoreError } from "../store/errors.ts";
import { sealOnce } from "./hpke.ts";

const VERSION = new Uint8Array([1]);
const NOT_DEFLATED = new Uint8Array([0]);

/** `0x01 ‖ point ‖ signature ‖ payload`. */
export async function signed(device: Device, payload: Bytes): Promise<Bytes> {
  const signature = await device.sign(concat(utf8("hoso/mutation/v1\0"), payload));
  return concat(VERSION, device.point, signature, payload);
}

/** zlib (RFC 1950); where the browser cannot, `0x00` and the bytes as they are. */
export async function deflated(bytes: Bytes): Promise<Bytes> {
  if (typeof CompressionStream === "undefined") return concat(NOT_DEFLATED, bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** What binds a seal to its key and mutation. */
export function sealInfo(kid: string, mutation: string): Bytes {
  return utf8(`hoso/envelope/v1\0${kid}\0${mutation}`);
}

/** The agency key to seal to: one without an end, else the one that ends last. The clock is not asked. */
export function agencyKey({ agencyKeys }: Catalogue): { kid: string; key: string } {
  const [latest] = [...agencyKeys].sort((a, b) => compareEnds(b.notAfter, a.notAfter));
  if (!latest) throw new StoreError("catalogue-missing");
  return latest;
}

function compareEnds(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** `enc ‖ ciphertext` of the deflated signed payload. */
export async function seal(
  agency: { kid: string; key: string },
  mutation: string,
  signedPayload: Bytes,
): Promise<Bytes> {
  const info = sealInfo(agency.kid, mutation);
  return sealOnce(fromBase64url(agency.key), info, await deflated(signedPayload));
}
