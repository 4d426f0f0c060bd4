import assert from "node:assert/strict";
import test from "node:test";
import { openDB } from "idb";
import { createDraft } from "../../../pwa/store/drafts.ts";
import { openShared, openStore } from "../../../pwa/store/schema.ts";
import { freshPhone, newDraft, ownStore } from "./phone.ts";

freshPhone();

test("a database of a newer app is told as such, and nothing in it is touched", async () => {
  const newer = await openDB("hoso", 99, { upgrade: (db) => void db.createObjectStore("new") });
  newer.close();
  await assert.rejects(openShared(), { code: "storage-upgraded" });
  const again = await openDB("hoso", 99);
  assert.deepEqual([...again.objectStoreNames], ["new"]);
});

test("an old page steps aside for an upgrade, and its next write asks for a reload", async () => {
  const { store } = await ownStore();
  await createDraft(store, newDraft());
  const upgraded = await openDB(store.db.name, 99);
  assert.equal(await upgraded.count("drafts"), 1);
  await assert.rejects(createDraft(store, newDraft()), { code: "storage-upgraded" });
});

test("opening twice finds the same records", async () => {
  const { shared, store } = await ownStore();
  await createDraft(store, newDraft());
  const again = await openStore(shared);
  assert.equal(await again.db.count("drafts"), 1);
  assert.equal((await openStore(shared, "person.1")).db.name, "hoso.person.1");
});
