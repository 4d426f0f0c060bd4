import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { knownDevice, openDevice } from "../../../pwa/identity/device.ts";
import { base64url, utf8 } from "../../../pwa/store/bytes.ts";
import { openStore } from "../../../pwa/store/schema.ts";
import { freshPhone, ownStore } from "../store/phone.ts";

freshPhone();

test("a store has no device key until one is needed, then always the same", async () => {
  const { shared, store } = await ownStore();
  assert.equal(await knownDevice(store), undefined);
  const device = await openDevice(store);
  assert.equal(device.id, createHash("sha256").update(device.point).digest("base64url"));
  store.db.close();
  assert.equal((await openDevice(await openStore(shared))).id, device.id);
});

test("two pages that need a key at once get one and the same", async () => {
  const { shared, store } = await ownStore();
  const other = await openStore(shared);
  const [one, two] = await Promise.all([openDevice(store), openDevice(other)]);
  assert.equal(one.id, two.id);
});

test("each person's store has a device of its own", async () => {
  const { shared, store } = await ownStore();
  const other = await openStore(shared, "person.2");
  assert.notEqual((await openDevice(store)).id, (await openDevice(other)).id);
});

test("the key signs and cannot be read out", async () => {
  const { store } = await ownStore();
  const device = await openDevice(store);
  const content = utf8("xin chào");
  const signature = await device.sign(content);
  assert.equal(signature.length, 64);
  const point = await crypto.subtle.importKey(
    "raw",
    device.point,
    { name: "ECDSA", namedCurve: "P-256" },
    false,
    ["verify"],
  );
  const signing = { name: "ECDSA", hash: "SHA-256" };
  assert.ok(await crypto.subtle.verify(signing, point, signature, content));
  const row = (await store.db.get("meta", "device")) as { privateKey: CryptoKey };
  await assert.rejects(crypto.subtle.exportKey("pkcs8", row.privateKey));
  assert.equal(base64url(device.point).length, 87);
});
