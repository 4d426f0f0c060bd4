import assert from "node:assert/strict";
import { createPublicKey, sign as signWith, verify } from "node:crypto";
import test from "node:test";
import { inflateSync } from "node:zlib";
import { claim, type Device } from "../../../pwa/identity/device.ts";
import { base64url, fromBase64url, utf8 } from "../../../pwa/store/bytes.ts";
import { agencyKey, deflated, seal, signed } from "../../../pwa/sync/envelope.ts";
import vectors from "../../vectors/envelope.json";
import { catalogue } from "../store/phone.ts";
import { openSealed, privateKey } from "./server.ts";

const { agency, mutation } = vectors;
const point = fromBase64url(vectors.device.point);
const SIGNATURE = { dsaEncoding: "ieee-p1363" as const };

/** The device of the vectors. */
const device: Device = {
  id: vectors.device.id,
  point,
  sign: async (content) =>
    new Uint8Array(
      signWith("sha256", content, { key: privateKey(vectors.device.jwk), ...SIGNATURE }),
    ),
};

function isSignedByDevice(content: Uint8Array, signature: Uint8Array): boolean {
  const { d: _, ...open } = vectors.device.jwk;
  const key = createPublicKey({ key: open, format: "jwk" });
  return verify("sha256", content, { key, ...SIGNATURE }, signature);
}

test("signed content is version, point, signature and payload, as the vectors have it", async () => {
  const made = await signed(device, utf8(vectors.payload));
  const expected = fromBase64url(vectors.signed);
  assert.deepEqual(made.slice(0, 66), expected.slice(0, 66));
  assert.deepEqual(made.slice(130), expected.slice(130));
  assert.ok(isSignedByDevice(utf8(`hoso/mutation/v1\0${vectors.payload}`), made.slice(66, 130)));
});

for (const { name, sealed } of vectors.envelopes) {
  test(`the vectors' ${name} envelope opens to the signed content`, async () => {
    const named = { id: mutation, kid: agency.kid };
    const inside = await openSealed(agency.jwk, named, fromBase64url(sealed));
    const content = inside[0] === 0 ? inside.slice(1) : new Uint8Array(inflateSync(inside));
    assert.equal(base64url(content), vectors.signed);
  });
}

test("what the phone seals opens with the agency's key for this mutation only", async () => {
  const content = fromBase64url(vectors.signed);
  const sealed = await seal({ kid: agency.kid, key: agency.point }, mutation, content);
  const opened = await openSealed(agency.jwk, { id: mutation, kid: agency.kid }, sealed);
  assert.equal(base64url(inflateSync(opened)), vectors.signed);
  await assert.rejects(openSealed(agency.jwk, { id: mutation, kid: "other" }, sealed));
  const other = vectors.dossier.id;
  await assert.rejects(openSealed(agency.jwk, { id: other, kid: agency.kid }, sealed));
});

test("without CompressionStream the content goes uncompressed behind a zero byte", async () => {
  const present = globalThis.CompressionStream;
  Reflect.deleteProperty(globalThis, "CompressionStream");
  try {
    assert.deepEqual(await deflated(utf8("xin chào")), new Uint8Array([0, ...utf8("xin chào")]));
  } finally {
    globalThis.CompressionStream = present;
  }
  assert.equal((await deflated(utf8("xin chào")))[0], 0x78);
});

test("the agency key without an end is taken, else the one that ends last", () => {
  const keys = (...ends: (string | undefined)[]) =>
    catalogue({
      agencyKeys: ends.map((notAfter, at) => ({
        kid: `k${at}`,
        key: "",
        ...(notAfter && { notAfter }),
      })),
    });
  assert.equal(agencyKey(keys("2027-01-01T00:00:00Z", undefined)).kid, "k1");
  assert.equal(agencyKey(keys("2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z")).kid, "k1");
  assert.throws(() => agencyKey(keys()), { code: "catalogue-missing" });
});

test("the proof signs nonce and cursor; without a nonce only the key is stated", async () => {
  const { nonce, cursor, proof } = vectors.proof;
  const signedContent = utf8(`hoso/sync/v1\0${nonce}\0${cursor}`);
  assert.ok(isSignedByDevice(signedContent, fromBase64url(proof)));
  const made = await claim(device, nonce, cursor);
  assert.equal(made.key, vectors.device.point);
  assert.ok(isSignedByDevice(signedContent, fromBase64url(made.proof ?? "")));
  assert.deepEqual(await claim(device, undefined, ""), { key: vectors.device.point });
});
