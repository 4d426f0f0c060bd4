import assert from "node:assert/strict";
import test from "node:test";
import { openStore } from "../../../pwa/store/schema.ts";
import { openVault } from "../../../pwa/store/vault.ts";
import { freshPhone, ownStore } from "./phone.ts";

freshPhone();

test("what is sealed opens again in its place, also after the store was closed", async () => {
  const { shared, store } = await ownStore();
  const sealed = await store.vault.seal("drafts/1", { name: "Lò Thị Mẫu" });
  store.db.close();
  const again = await openStore(shared);
  assert.deepEqual(await again.vault.open("drafts/1", sealed), { name: "Lò Thị Mẫu" });
});

test("a sealed record does not open in another record's place", async () => {
  const { store } = await ownStore();
  const sealed = await store.vault.seal("drafts/1", { name: "Lò Thị Mẫu" });
  await assert.rejects(store.vault.open("drafts/2", sealed), { code: "store-locked" });
});

test("one person's store does not open what another's sealed", async () => {
  const { shared, store } = await ownStore();
  const other = await openStore(shared, "person.2");
  const sealed = await store.vault.seal("drafts/1", { name: "Lò Thị Mẫu" });
  await assert.rejects(other.vault.open("drafts/1", sealed), { code: "store-locked" });
});

test("the key cannot be read out by script", async () => {
  const { store } = await ownStore();
  await store.vault.seal("drafts/1", "");
  const { key } = (await store.db.get("meta", "vault")) as { key: CryptoKey };
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("two pages that open a new store at once share one key", async () => {
  const { shared } = await ownStore();
  const [first, second] = await Promise.all([
    openStore(shared, "person.3"),
    openStore(shared, "person.3"),
  ]);
  const sealed = await first.vault.seal("drafts/1", "xin chào");
  assert.equal(await second.vault.open("drafts/1", sealed), "xin chào");
});

test("a key kept in a way this version does not know leaves the store locked", async () => {
  const place = { read: async () => ({ kind: "later" }), add: async (row: unknown) => row };
  const vault = await openVault(place);
  assert.equal(vault.isLocked, true);
  await assert.rejects(vault.seal("drafts/1", ""), { code: "store-locked" });
});

test("a store that was only opened has no key on the disk yet", async () => {
  const { store } = await ownStore();
  assert.equal(await store.db.get("meta", "vault"), undefined);
  await store.vault.seal("drafts/1", "");
  assert.notEqual(await store.db.get("meta", "vault"), undefined);
});
