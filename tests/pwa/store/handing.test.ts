import assert from "node:assert/strict";
import test from "node:test";
import { preview } from "../../../pwa/store/blobs.ts";
import { listDrafts, saveDraft } from "../../../pwa/store/drafts.ts";
import { letGoOfHanded, putIn, takeOut } from "../../../pwa/store/handing.ts";
import { openStore } from "../../../pwa/store/schema.ts";
import { draftPayload } from "../../../pwa/sync/payload.ts";
import { bytesOf, filledDraft, freshPhone, ownStore, photo } from "./phone.ts";

freshPhone();

const giver = { personId: "p1", name: "Giàng A Thử", relation: "Cán bộ thôn, bản" };
const taker = { personId: "p2", name: "Lò Thị Mẫu", relation: "Cán bộ thôn, bản" };

async function twoPeople() {
  const { shared, store } = await ownStore();
  const other = await openStore(shared, "person.p2");
  const { draft } = await filledDraft(store, 70_000);
  draft.helper = giver;
  await saveDraft(store, draft);
  return { store, other, draft };
}

test("a draft goes over whole, with its photos and both names, and leaves the giver", async () => {
  const { store, other, draft } = await twoPeople();
  const handed = await takeOut(store, draft.id);
  store.vault.use(null);
  const taken = await putIn(other, handed, taker);
  await letGoOfHanded(store, handed);
  const [here] = await listDrafts(other);
  assert.equal(here?.dossier, draft.dossier);
  assert.deepEqual(here?.answers, draft.answers);
  assert.deepEqual(here?.helper, taker);
  assert.deepEqual(here?.helpersBefore, [giver]);
  const page = here?.pages[0];
  assert.ok(page);
  assert.deepEqual(await bytesOf(await preview(other, page)), await bytesOf(photo(70_000, 0)));
  assert.equal(await store.db.count("drafts"), 0);
  assert.equal(await store.db.count("blobs"), 0);
  taken.answers = {};
  await saveDraft(other, taken).catch(() => assert.fail("the taker may go on"));
});

test("whoever held it is named in what is sent, in their order", async () => {
  const { store, other, draft } = await twoPeople();
  const first = await putIn(other, await takeOut(store, draft.id), taker);
  const third = { personId: "p3", name: "Vàng Văn Ví Dụ", relation: "Cán bộ thôn, bản" };
  const last = await putIn(store, await takeOut(other, first.id), third);
  const payload = draftPayload({ id: "m", at: 0, base: 0 }, last, {});
  assert.deepEqual(payload.helper, third);
  assert.deepEqual(payload.helpersBefore, [giver, taker]);
});

test("a draft that was sent, or is one's own, is not handed over", async () => {
  const { store, draft } = await twoPeople();
  draft.helper = null;
  await saveDraft(store, draft);
  await assert.rejects(takeOut(store, draft.id), { code: "draft-closed" });
  await assert.rejects(takeOut(store, "nothing"), { code: "record-missing" });
});

test("what the giver sent meanwhile stays with the giver", async () => {
  const { store, other, draft } = await twoPeople();
  const handed = await takeOut(store, draft.id);
  await putIn(other, handed, taker);
  const row = await store.db.get("drafts", draft.id);
  if (row) await store.db.put("drafts", { ...row, state: "sent" });
  await letGoOfHanded(store, handed);
  assert.equal(await store.db.count("drafts"), 1);
  assert.equal(await store.db.count("blobs"), 1);
});
