/**
 * HPKE (RFC 9180) as far as envelopes need it: sealing one message in base mode with
 * DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-128-GCM. Every primitive is the browser's own Web
 * Cryptography; what stands here is the order in which the RFC has them called. A phone only seals,
 * so nothing opens.
 */
import { type Bytes, concat, utf8 } from "../store/bytes.ts";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const VERSION = utf8("HPKE-v1");
/** "KEM" and the id of DHKEM(P-256, HKDF-SHA256); "HPKE" and the ids of all three (§4.1, §5.1). */
const KEM_SUITE = concat(utf8("KEM"), new Uint8Array([0, 0x10]));
const SUITE = concat(utf8("HPKE"), new Uint8Array([0, 0x10, 0, 0x01, 0, 0x01]));
const BASE_MODE = new Uint8Array([0]);
const NOTHING = new Uint8Array(0);

async function hmac(key: Bytes, content: Bytes): Promise<Bytes> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  // HMAC fills a short key up with zeros, so one zero is the RFC's salt of nothing; none is refused.
  const raw = key.length > 0 ? key : new Uint8Array(1);
  const made = await crypto.subtle.importKey("raw", raw, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", made, content));
}

/** LabeledExtract of §4. */
function extract(suite: Bytes, salt: Bytes, label: string, secret: Bytes): Promise<Bytes> {
  return hmac(salt, concat(VERSION, suite, utf8(label), secret));
}

/** LabeledExpand of §4 for at most the 32 bytes of one block. */
async function expand(
  suite: Bytes,
  key: Bytes,
  label: string,
  info: Bytes,
  length: number,
): Promise<Bytes> {
  const head = concat(new Uint8Array([0, length]), VERSION, suite, utf8(label));
  const block = await hmac(key, concat(head, info, new Uint8Array([1])));
  return block.slice(0, length);
}

/** Encap of §4.1: a secret that only the holder of the recipient's key finds again from `enc`. */
async function encapsulate(recipient: Bytes): Promise<{ secret: Bytes; enc: Bytes }> {
  const theirs = await crypto.subtle.importKey("raw", recipient, CURVE, false, []);
  const ours = (await crypto.subtle.generateKey(CURVE, false, ["deriveBits"])) as CryptoKeyPair;
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", ours.publicKey));
  const way = { name: "ECDH", public: theirs };
  const shared = new Uint8Array(await crypto.subtle.deriveBits(way, ours.privateKey, 256));
  const key = await extract(KEM_SUITE, NOTHING, "eae_prk", shared);
  const context = concat(enc, recipient);
  return { secret: await expand(KEM_SUITE, key, "shared_secret", context, 32), enc };
}

/**
 * Seals a message: `enc` (65 bytes) ‖ ciphertext with its tag.
 * @param recipient raw P-256 point of 65 bytes; rejects when it is none
 */
export async function sealOnce(recipient: Bytes, info: Bytes, message: Bytes): Promise<Bytes> {
  const { secret, enc } = await encapsulate(recipient);
  // KeySchedule of §5.1 without a pre-shared key.
  const context = concat(
    BASE_MODE,
    await extract(SUITE, NOTHING, "psk_id_hash", NOTHING),
    await extract(SUITE, NOTHING, "info_hash", info),
  );
  const root = await extract(SUITE, secret, "secret", NOTHING);
  const raw = await expand(SUITE, root, "key", context, 16);
  const iv = await expand(SUITE, root, "base_nonce", context, 12);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, message);
  return concat(enc, new Uint8Array(sealed));
}
