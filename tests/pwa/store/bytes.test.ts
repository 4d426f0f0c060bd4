import assert from "node:assert/strict";
import test from "node:test";
import "./phone.ts";
import { base64url, concat, digestOf, fromBase64url, hex, utf8 } from "../../../pwa/store/bytes.ts";
import { dossierCode, instant, newId } from "../../../pwa/store/identifiers.ts";
import vectors from "../../vectors/envelope.json";

test("base64url of any bytes comes back as it was, without padding or plus or slash", () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, at) => (at * 7) & 255);
  const text = base64url(bytes);
  assert.match(text, /^[A-Za-z0-9_-]+$/);
  assert.deepEqual(fromBase64url(text), bytes);
  assert.equal(text, Buffer.from(bytes).toString("base64url"));
});

test("base64url refuses text that is none", () => {
  assert.throws(() => fromBase64url("not*base64"));
});

test("digest is 64 lower-case hex digits of SHA-256", async () => {
  assert.equal(
    await digestOf(utf8("xin chào")),
    "8aaecd06d85c7f743d3545e7b865f3053c647591f95919c1c0b003046d4757aa",
  );
  assert.equal(hex(concat(new Uint8Array([0, 15]), new Uint8Array([255]))), "000fff");
});

test("identifiers are UUID version 4 in lower case and differ", () => {
  const ids = Array.from({ length: 50 }, newId);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  assert.equal(new Set(ids).size, 50);
});

test("dossier code is the one the server derives", async () => {
  assert.equal(await dossierCode(vectors.dossier.id), vectors.dossier.code);
});

test("instants are ISO 8601 in UTC to the second", () => {
  assert.equal(instant(Date.UTC(2026, 10, 22, 1, 2, 3, 999)), "2026-11-22T01:02:03Z");
});
