import assert from "node:assert/strict";
import test from "node:test";
import { knownDevice, openDevice } from "../../../pwa/identity/device.ts";
import { utf8 } from "../../../pwa/store/bytes.ts";
import { listDrafts, readDraft, saveDraft } from "../../../pwa/store/drafts.ts";
import {
  isRekeyed,
  putLock,
  takeLockOff,
  unlock,
  type Wrapping,
} from "../../../pwa/store/locks.ts";
import type { Sealed } from "../../../pwa/store/records.ts";
import { openStore, type Store } from "../../../pwa/store/schema.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { phoneAndServer, sent } from "../sync/delivery.ts";
import { filledDraft, freshPhone, ownStore } from "./phone.ts";

freshPhone();

/** A wrap that keeps the key for the test instead of hiding it. */
function keeping() {
  const kept: { key?: Uint8Array<ArrayBuffer> } = {};
  const wrapping: Wrapping = async (key) => {
    kept.key = key;
    return {
      by: "pin",
      salt: new Uint8Array(16),
      iv: new Uint8Array(12),
      data: new ArrayBuffer(1),
    };
  };
  return { kept, wrapping };
}

const STORES = ["meta", "drafts", "filed", "journal", "blobs", "dossiers"] as const;

/** Everything that is sealed anywhere in the store. */
async function seals(store: Store): Promise<Sealed[]> {
  const found: Sealed[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null || value instanceof Uint8Array) return;
    if ("iv" in value && "data" in value && !("by" in value)) found.push(value as Sealed);
    else for (const inner of Object.values(value)) look(inner);
  };
  for (const name of STORES) look(await store.db.getAll(name));
  return found;
}

test("no seal of the old key is left when a lock is put on", async () => {
  const { store } = await phoneAndServer();
  await sent(store, 1_000);
  await filledDraft(store, 10);
  const before = await seals(store);
  assert.ok(before.length >= 4, "drafts, what and who of the item, and what was signed");
  await putLock(store, keeping().wrapping);
  const ivs = new Set(before.map(({ iv }) => iv.join()));
  const after = await seals(store);
  assert.equal(after.length, before.length);
  assert.deepEqual(
    after.filter(({ iv }) => ivs.has(iv.join())),
    [],
  );
  assert.equal((await items(store))[0]?.applicant, "Giàng A Thử");
  assert.equal((await listDrafts(store)).length, 2);
});

test("no key lies bare in a store that is locked", async () => {
  const { store } = await ownStore();
  await filledDraft(store);
  await putLock(store, keeping().wrapping);
  await openDevice(store);
  for (const row of await store.db.getAll("meta")) {
    for (const value of Object.values(row as object)) {
      assert.equal(value instanceof CryptoKey, false);
    }
  }
});

test("a locked device key signs nothing, and the same key signs once it is open", async () => {
  const { store } = await ownStore();
  const { kept, wrapping } = keeping();
  await putLock(store, wrapping);
  const { id } = await openDevice(store);
  const later = await openStore(store.shared);
  const device = await knownDevice(later);
  assert.equal(device?.id, id, "known without opening");
  await assert.rejects(device.sign(utf8("a")), { code: "store-locked" });
  if (kept.key) await unlock(later, kept.key);
  assert.equal((await device.sign(utf8("a"))).length, 64);
});

test("a device key made behind a lock follows when the lock is taken off", async () => {
  const { store } = await ownStore();
  await putLock(store, keeping().wrapping);
  const { id } = await openDevice(store);
  await takeLockOff(store);
  const later = await openStore(store.shared);
  const device = await openDevice(later);
  assert.equal(device.id, id);
  assert.equal((await device.sign(utf8("a"))).length, 64);
});

test("a tab with the key of yesterday saves nothing over what was sealed anew", async () => {
  const { shared, store } = await ownStore();
  const { draft } = await filledDraft(store);
  const other = await openStore(shared);
  const seen = await readDraft(other, draft.id);
  assert.ok(seen);
  assert.equal(await isRekeyed(other), false);
  await putLock(store, keeping().wrapping);
  assert.equal(await isRekeyed(other), true);
  assert.equal(await isRekeyed(store), false);
  await assert.rejects(saveDraft(other, seen), { code: "draft-changed-elsewhere" });
  assert.equal((await listDrafts(store))[0]?.applicant.name, "Giàng A Thử");
});

test("a store with a lock takes no second one over it", async () => {
  const { store } = await ownStore();
  await putLock(store, keeping().wrapping);
  await assert.rejects(putLock(store, keeping().wrapping), { code: "store-locked" });
});
