import assert from "node:assert/strict";
import test from "node:test";
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { utf8 } from "../../../pwa/store/bytes.ts";
import { sealOnce } from "../../../pwa/sync/hpke.ts";

// Another implementation opens what ours seals: both follow the RFC or this fails.
const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

async function recipient() {
  const pair = await suite.kem.generateKeyPair();
  return { pair, point: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)) };
}

async function opened(key: CryptoKey, info: Uint8Array, sealed: Uint8Array): Promise<Uint8Array> {
  const enc = sealed.slice(0, 65).buffer;
  const context = { recipientKey: key, enc, info: new Uint8Array(info).buffer };
  return new Uint8Array(await suite.open(context, sealed.slice(65).buffer));
}

test("another implementation opens what is sealed, of any length, with any info", async () => {
  const { pair, point } = await recipient();
  for (const message of ["", "x", "Giàng A Thử ".repeat(5000)]) {
    for (const info of ["", "hoso/envelope/v1\0k\0m", "dài ".repeat(1000)]) {
      const sealed = await sealOnce(point, utf8(info), utf8(message));
      assert.equal(sealed.length, 65 + utf8(message).length + 16);
      assert.deepEqual(await opened(pair.privateKey, utf8(info), sealed), utf8(message));
    }
  }
});

test("a seal opens neither with another key, nor under another info, nor changed", async () => {
  const { pair, point } = await recipient();
  const other = await recipient();
  const sealed = await sealOnce(point, utf8("a"), utf8("xin chào"));
  await assert.rejects(opened(other.pair.privateKey, utf8("a"), sealed));
  await assert.rejects(opened(pair.privateKey, utf8("b"), sealed));
  const changed = sealed.slice();
  changed[70] = (changed[70] as number) ^ 1;
  await assert.rejects(opened(pair.privateKey, utf8("a"), changed));
});

test("no two seals of one message are alike", async () => {
  const { point } = await recipient();
  const seals = await Promise.all([1, 2].map(() => sealOnce(point, utf8("a"), utf8("x"))));
  assert.notDeepEqual(seals[0], seals[1]);
});

test("what is no point of the curve is refused", async () => {
  const { point } = await recipient();
  const wrong = point.slice();
  wrong[64] = (wrong[64] as number) ^ 1;
  await assert.rejects(sealOnce(wrong, utf8("a"), utf8("x")));
  await assert.rejects(sealOnce(point.slice(1), utf8("a"), utf8("x")));
});
