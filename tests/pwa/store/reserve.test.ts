import assert from "node:assert/strict";
import test from "node:test";
import { createDraft, readDraft, saveDraft } from "../../../pwa/store/drafts.ts";
import { release, reserve, withRoom } from "../../../pwa/store/reserve.ts";
import { onlyItem, phoneAndServer, sent } from "../sync/delivery.ts";
import { freshPhone, newDraft, ownStore, withFullDisk } from "./phone.ts";

freshPhone();

/** A disk with room for nothing more than what is let go: puts fail until the reserve is deleted. */
async function withLittleRoom(work: () => Promise<void>): Promise<void> {
  const { put } = IDBObjectStore.prototype;
  const remove = IDBObjectStore.prototype.delete;
  let hasRoom = false;
  IDBObjectStore.prototype.delete = function (key: IDBValidKey | IDBKeyRange) {
    if (key === "reserve") hasRoom = true;
    return remove.call(this, key);
  };
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    const request = key === undefined ? put.call(this, value) : put.call(this, value, key);
    if (!hasRoom) {
      const { transaction } = this as unknown as { transaction: { _abort(name: string): void } };
      queueMicrotask(() => transaction._abort("QuotaExceededError"));
    }
    return request;
  };
  try {
    await work();
  } finally {
    IDBObjectStore.prototype.put = put;
    IDBObjectStore.prototype.delete = remove;
  }
}

test("a full phone says so when room is asked for, before anything is taken", async () => {
  const { store } = await ownStore();
  await withFullDisk("meta", async () => {
    await assert.rejects(reserve(store), { code: "storage-full" });
  });
});

test("room is kept once and can be let go", async () => {
  const { store } = await ownStore();
  await reserve(store);
  const kept = (await store.db.get("meta", "reserve")) as Uint8Array;
  assert.ok(kept.length >= 300 * 1024);
  await reserve(store);
  assert.deepEqual(await store.db.get("meta", "reserve"), kept);
  await release(store);
  assert.equal(await store.db.get("meta", "reserve"), undefined);
});

test("when the disk fills up the room kept back lets what was answered be saved", async () => {
  const { store } = await phoneAndServer();
  const draft = await createDraft(store, newDraft());
  await reserve(store);
  draft.answers = { ho_ten: "Lò Thị Mẫu" };
  await withLittleRoom(() => saveDraft(store, draft));
  assert.deepEqual((await readDraft(store, draft.id))?.answers, draft.answers);
});

test("a fault that is not a full disk is told as it is, and nothing is let go", async () => {
  const { store } = await ownStore();
  await reserve(store);
  await assert.rejects(
    withRoom(store, () => Promise.reject(new Error("other"))),
    { message: "other" },
  );
  assert.notEqual(await store.db.get("meta", "reserve"), undefined);
});

test("a disk that is full all the while does not stop sending, and what was sent makes room", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  let isFull = true;
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    const request = key === undefined ? put.call(this, value) : put.call(this, value, key);
    const isSettled = (value as { state?: string }).state === "settled";
    if (this.name === "journal" && isFull && !isSettled) {
      const { transaction } = this as unknown as { transaction: { _abort(name: string): void } };
      queueMicrotask(() => transaction._abort("QuotaExceededError"));
    }
    return request;
  };
  try {
    await round();
  } finally {
    isFull = false;
    IDBObjectStore.prototype.put = put;
  }
  assert.equal(server.payloads.size, 1);
  assert.equal((await onlyItem(store)).state, "settled");
});
