import assert from "node:assert/strict";
import test from "node:test";
import "./phone.ts";
import { base64url, digestOf, fromBase64url } from "../../../pwa/store/bytes.ts";
import { CHUNK, decryptPage, encryptPage, sealedLength } from "../../../pwa/store/pages.ts";
import vectors from "../../vectors/pages.json";

function pattern(length: number) {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + Math.floor(at / 256)) & 255);
}

for (const { plainLength, key, length, digest, sealed } of vectors.cases) {
  test(`a page of ${plainLength} bytes becomes the ciphertext both sides agree on`, async () => {
    const plain = pattern(plainLength);
    const made = await encryptPage(fromBase64url(key), plain);
    assert.equal(made.length, length);
    assert.equal(sealedLength(plainLength), length);
    assert.equal(await digestOf(made), digest);
    if (sealed !== undefined) assert.equal(base64url(made), sealed);
    assert.deepEqual(await decryptPage(fromBase64url(key), made), plain);
  });
}

const key = new Uint8Array(32).fill(7);

async function sealedPage() {
  return encryptPage(key, pattern(2 * CHUNK + 5));
}

test("a page that lost its last chunk does not open", async () => {
  const sealed = await sealedPage();
  await assert.rejects(decryptPage(key, sealed.slice(0, 2 * (CHUNK + 16))), {
    code: "store-locked",
  });
});

test("a page whose chunks were swapped does not open", async () => {
  const sealed = await sealedPage();
  const first = sealed.slice(0, CHUNK + 16);
  const swapped = sealed.slice();
  swapped.set(sealed.slice(CHUNK + 16, 2 * (CHUNK + 16)));
  swapped.set(first, CHUNK + 16);
  await assert.rejects(decryptPage(key, swapped), { code: "store-locked" });
});

test("a page does not open with another key, nor with one bit changed", async () => {
  const sealed = await sealedPage();
  await assert.rejects(decryptPage(new Uint8Array(32), sealed), { code: "store-locked" });
  sealed[70_000] = (sealed[70_000] ?? 0) ^ 1;
  await assert.rejects(decryptPage(key, sealed), { code: "store-locked" });
});
