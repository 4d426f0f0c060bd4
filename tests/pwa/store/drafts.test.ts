import assert from "node:assert/strict";
import test from "node:test";
import { addPage, preview, removePage } from "../../../pwa/store/blobs.ts";
import {
  createDraft,
  listDrafts,
  readDraft,
  removeDraft,
  saveDraft,
} from "../../../pwa/store/drafts.ts";
import { openStore } from "../../../pwa/store/schema.ts";
import {
  bytesOf,
  filledDraft,
  freshPhone,
  newDraft,
  ownStore,
  photo,
  withFullDisk,
} from "./phone.ts";

freshPhone();

test("a draft comes back as it was saved", async () => {
  const { shared, store } = await ownStore();
  const draft = await createDraft(store, newDraft());
  draft.answers = { tre: { ho_ten: "Vàng Văn Ví Dụ" } };
  draft.position = "/data/tre/ho_ten";
  await saveDraft(store, draft);
  const again = await openStore(shared);
  assert.deepEqual(await readDraft(again, draft.id), draft);
});

test("saves that are not waited for end with the last answer", async () => {
  const { store } = await ownStore();
  const draft = await createDraft(store, newDraft());
  const saves = [];
  for (let answer = 0; answer < 20; answer++) {
    draft.answers = { answer };
    saves.push(saveDraft(store, draft));
  }
  await Promise.all(saves);
  assert.deepEqual((await readDraft(store, draft.id))?.answers, { answer: 19 });
});

test("nothing of a draft but identifiers and times lies open in the database", async () => {
  const { store } = await ownStore();
  const draft = await createDraft(
    store,
    newDraft({ applicant: { name: "Plain Name 0912345678" } }),
  );
  const row = await store.db.get("drafts", draft.id);
  const { sealed, ...open } = row ?? {};
  assert.deepEqual(Object.keys(open).sort(), [
    "createdAt",
    "dossier",
    "form",
    "id",
    "revision",
    "state",
    "updatedAt",
  ]);
  const stored = Buffer.from(sealed?.data ?? new ArrayBuffer(0)).toString("latin1");
  assert.equal(stored.includes("Plain Name"), false);
});

test("a tab that has not seen another tab's save does not wipe it", async () => {
  const { shared, store } = await ownStore();
  const draft = await createDraft(store, newDraft());
  const otherTab = await openStore(shared);
  const theirs = await readDraft(otherTab, draft.id);
  assert.ok(theirs);
  await saveDraft(otherTab, { ...theirs, answers: { from: "the other tab" } });
  await assert.rejects(saveDraft(store, draft), { code: "draft-changed-elsewhere" });
  assert.deepEqual((await readDraft(store, draft.id))?.answers, { from: "the other tab" });
  await saveDraft(store, { ...draft, answers: { from: "this tab, having read again" } });
});

test("a removed draft is not brought back by a late save", async () => {
  const { shared, store } = await ownStore();
  const draft = await createDraft(store, newDraft());
  const otherTab = await openStore(shared);
  await removeDraft(otherTab, draft.id);
  await assert.rejects(saveDraft(store, draft), { code: "draft-changed-elsewhere" });
  assert.deepEqual(await listDrafts(store), []);
});

test("drafts are listed with the newest change first", async () => {
  const { store } = await ownStore();
  const first = await createDraft(store, newDraft());
  const second = await createDraft(store, newDraft());
  first.position = "/data/x";
  first.updatedAt = 0;
  await new Promise((resolve) => setTimeout(resolve, 5));
  await saveDraft(store, first);
  assert.deepEqual(
    (await listDrafts(store)).map(({ id }) => id),
    [first.id, second.id],
  );
});

test("a page is kept as ciphertext and shown as it was taken", async () => {
  const { store } = await ownStore();
  const draft = await createDraft(store, newDraft());
  const picture = photo(150_000);
  const page = await addPage(store, draft, "/data/anh", { blob: picture, width: 9, height: 8 });
  assert.match(page.name, /^[0-9a-f-]{36}\.jpg$/);
  const row = await store.db.get("blobs", page.digest);
  assert.equal(row?.data.byteLength, page.length);
  const plain = await bytesOf(picture);
  assert.equal(Buffer.from(row?.data ?? []).includes(Buffer.from(plain.slice(0, 64))), false);
  const shown = await preview(store, page);
  assert.equal(shown.type, "image/jpeg");
  assert.deepEqual(await bytesOf(shown), plain);
  assert.deepEqual((await readDraft(store, draft.id))?.pages, [page]);
});

test("two pages added at once are both kept", async () => {
  const { store } = await ownStore();
  const draft = await createDraft(store, newDraft());
  const sizes = { width: 1, height: 1 };
  await Promise.all([
    addPage(store, draft, "/data/a", { blob: photo(10), ...sizes }),
    addPage(store, draft, "/data/b", { blob: photo(20), ...sizes }),
  ]);
  assert.equal((await readDraft(store, draft.id))?.pages.length, 2);
});

test("a removed page and a removed draft leave no bytes behind", async () => {
  const { store } = await ownStore();
  const { draft } = await filledDraft(store, 100, 200);
  const name = draft.pages[0]?.name ?? "";
  await removePage(store, draft, name);
  assert.equal(await store.db.count("blobs"), 1);
  await removeDraft(store, draft.id);
  assert.equal(await store.db.count("blobs"), 0);
  assert.deepEqual(await listDrafts(store), []);
});

test("a full disk is told as storage-full and leaves the draft as it was", async () => {
  const { store } = await ownStore();
  const draft = await createDraft(store, newDraft());
  await withFullDisk("blobs", () => {
    const picture = { blob: photo(10), width: 1, height: 1 };
    return assert.rejects(addPage(store, draft, "/data/a", picture), { code: "storage-full" });
  });
  assert.deepEqual(draft.pages, []);
  assert.deepEqual((await readDraft(store, draft.id))?.pages, []);
  await saveDraft(store, draft);
});
