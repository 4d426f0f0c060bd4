import assert from "node:assert/strict";
import test from "node:test";
import { listDrafts, readDraft, removeDraft, saveDraft } from "../../../pwa/store/drafts.ts";
import { openStore } from "../../../pwa/store/schema.ts";
import { send, withdraw } from "../../../pwa/sync/mutations.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { filledDraft, freshPhone, ownStore, withFullDisk } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";

freshPhone();

test("Send works without a network and holds the item over a restart", async () => {
  const { shared, store, server } = await phoneAndServer();
  const { draft, item } = await sent(store, 1_000, 2_000);
  assert.equal(item.state, "saved");
  assert.equal(item.applicant, "Giàng A Thử");
  assert.equal(item.pagesTotal, 2);
  assert.equal(item.bytesLeft, item.bytesTotal);
  assert.match(item.code, /^HS-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(server.requests.length, 0);
  store.db.close();
  const again = await openStore(shared);
  assert.deepEqual(await items(again), [item]);
  assert.equal((await readDraft(again, draft.id))?.state, "sent");
});

test("the journal write is strict, the saves of answers are relaxed", async () => {
  const { store } = await phoneAndServer();
  const asked: string[] = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    asked.push(`${[names].flat().join("+")} ${options?.durability}`);
    return transaction.call(this, names, mode, options);
  };
  try {
    await sent(store);
  } finally {
    IDBDatabase.prototype.transaction = transaction;
  }
  assert.ok(asked.includes("journal+drafts strict"), asked.join());
  assert.ok(asked.includes("drafts relaxed"), asked.join());
});

test("what was sent tells a thief nothing but sizes and times", async () => {
  const { store } = await phoneAndServer();
  await sent(store, 500);
  const [row] = await store.db.getAll("journal");
  const open = JSON.stringify({ ...row, sealed: null, envelope: null });
  for (const secret of ["Giàng", "0912345678", "ho_ten", "1.001193"]) {
    assert.equal(open.includes(secret), false, secret);
  }
});

test("a sent draft takes no change and cannot be removed or sent twice", async () => {
  const { store } = await phoneAndServer();
  const { draft, answers } = await sent(store);
  await assert.rejects(saveDraft(store, draft), { code: "draft-closed" });
  await assert.rejects(removeDraft(store, draft.id), { code: "draft-closed" });
  await assert.rejects(send(store, draft, answers), { code: "draft-closed" });
  assert.equal((await items(store)).length, 1);
});

test("a full disk at Send leaves the draft open and the journal empty", async () => {
  const { store } = await phoneAndServer();
  const { draft, answers } = await filledDraft(store, 100);
  await withFullDisk("journal", () =>
    assert.rejects(send(store, draft, answers), { code: "storage-full" }),
  );
  assert.deepEqual(await items(store), []);
  assert.equal((await listDrafts(store))[0]?.state, "open");
  await send(store, draft, answers);
  assert.equal((await onlyItem(store)).state, "saved");
});

test("Send on a phone that never reached the server says so", async () => {
  const { store } = await ownStore();
  const { draft, answers } = await filledDraft(store);
  await assert.rejects(send(store, draft, answers), { code: "catalogue-missing" });
});

test("more pages than an envelope may name are refused before anything is written", async () => {
  const { store } = await phoneAndServer();
  const { draft, answers } = await filledDraft(store, ...Array.from({ length: 61 }, () => 10));
  await assert.rejects(send(store, draft, answers), { code: "mutation-too-large" });
  assert.deepEqual(await items(store), []);
});

test("a dossier is withdrawn in the person's words, on the version the phone knew", async () => {
  const { store, server, round } = await phoneAndServer();
  const { item } = await sent(store);
  server.changes = [
    {
      ...{ id: item.dossier, code: item.code, procedure: "1.001193", form: "f", commune: "02683" },
      ...{ state: "submitted", version: 3, submittedAt: "2026-11-22T01:02:03Z", seq: 7 },
      ...{ applicant: { name: "Giàng A Thử" }, pages: { received: 0, total: 0 }, timeline: [] },
    },
  ];
  await round();
  const request = await withdraw(store, item.dossier, { reason: "Nộp nhầm", language: "vi" });
  await round();
  const payload = server.payloads.get(request.id);
  assert.equal(payload?.kind, "dossier.withdraw");
  assert.equal(payload?.reason, "Nộp nhầm");
  assert.equal(payload?.base, 3);
  await assert.rejects(withdraw(store, "unknown", { reason: "", language: "vi" }), {
    code: "record-missing",
  });
});
