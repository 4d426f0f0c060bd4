import assert from "node:assert/strict";
import { test } from "node:test";
import type { Catalogue } from "../../../pwa/api/contract.ts";
import { vietnamese } from "../../../pwa/language/vi.ts";
import { carryOver, decline, type Offer, offerFor } from "../../../pwa/shell/carrying.ts";
import { addPage } from "../../../pwa/store/blobs.ts";
import { savePublished } from "../../../pwa/store/definitions.ts";
import { createDraft, type Draft, readDraft, saveDraft } from "../../../pwa/store/drafts.ts";
import type { Store } from "../../../pwa/store/schema.ts";
import { answeredPages } from "../../../pwa/sync/payload.ts";
import { define, type Sample } from "../forms/engine/sample.ts";
import { freshPhone, newDraft, ownStore, photo } from "../store/phone.ts";

freshPhone();

const [OLD, NEW] = ["a".repeat(64), "b".repeat(64)];
const PAPER = { as: "upload", type: "binary", label: "Giấy chứng sinh" } as const;
const SEX = {
  as: "select1",
  type: "select1",
  label: "Trai hay gái?",
  choices: { items: [{ value: "nu", label: "Nữ" }] },
} as const;

const BEFORE: Sample["nodes"] = {
  "/data/name": { as: "input", label: "Họ và tên" },
  "/data/sex": SEX,
  "/data/paper": PAPER,
  "/data/old_paper": { ...PAPER, label: "Giấy cũ" },
};
const AFTER: Sample["nodes"] = {
  "/data/name": { as: "input", label: "Họ và tên" },
  "/data/age": { as: "input", type: "int", label: "Tuổi" },
  "/data/papers": { kind: "group" },
  "/data/papers/paper": PAPER,
};

interface Told {
  form?: string;
  accepted?: string[];
  until?: { [digest: string]: string };
}

function catalogue({ form = NEW, accepted = [OLD, NEW], until = {} }: Told = {}): Catalogue {
  const procedure = { code: "1.001193", form, acceptedForms: accepted, acceptedUntil: until };
  return { procedures: [procedure] } as unknown as Catalogue;
}

async function begun(): Promise<{ store: Store; draft: Draft }> {
  const { shared, store } = await ownStore();
  await savePublished(shared, "definitions", OLD, JSON.stringify(define({ nodes: BEFORE })));
  const answers = { v: 1, values: { name: "Lò Thị Mẫu", sex: "nu" } };
  const draft = await createDraft(store, newDraft({ form: OLD, answers }));
  return { store, draft };
}

async function publish(store: Store): Promise<void> {
  const text = JSON.stringify(define({ nodes: AFTER }));
  await savePublished(store.shared, "definitions", NEW, text);
}

async function offered(store: Store, draft: Draft, told?: Told, isRefused = false): Promise<Offer> {
  const offer = await offerFor(store, draft, catalogue(told), isRefused, vietnamese);
  if (typeof offer === "string") return assert.fail(offer);
  return offer;
}

test("a newer version is offered once it is on the phone, and never for a supplement", async () => {
  const { store, draft } = await begun();
  const ask = (told?: Told) => offerFor(store, draft, catalogue(told), false, vietnamese);
  assert.equal(await ask({ form: OLD }), "none");
  assert.equal(await ask(), "none");
  assert.equal(await ask({ accepted: [NEW] }), "not-here");
  await publish(store);
  assert.equal((await offered(store, draft)).form, NEW);
  draft.supplement = { id: "s", sentence: "Ảnh mờ", items: [] };
  assert.equal(await ask(), "none");
});

test("the old version may be kept until its last day, and not once it was refused", async () => {
  const { store, draft } = await begun();
  await publish(store);
  const later = await offered(store, draft, { until: { [OLD]: "2999-01-01T00:00:00Z" } });
  assert.deepEqual([later.isForced, later.until], [false, "2999-01-01T00:00:00Z"]);
  const over = await offered(store, draft, { until: { [OLD]: "2020-01-01T00:00:00Z" } });
  assert.ok(over.isForced);
  assert.ok((await offered(store, draft, { accepted: [NEW] })).isForced);
  assert.ok((await offered(store, draft, undefined, true)).isForced);
});

test("what has no place stays with the draft in the words the person read", async () => {
  const { store, draft } = await begun();
  await publish(store);
  const offer = await offered(store, draft);
  await carryOver(store, draft, offer);
  const after = await readDraft(store, draft.id);
  assert.equal(after?.form, NEW);
  assert.equal(after?.carried?.from, OLD);
  assert.deepEqual(after?.carried?.lost, [
    {
      ...{ ref: "/data/sex", label: "Trai hay gái?", shown: "Nữ", value: "nu" },
      ...{ isPage: false, why: "gone" },
    },
  ]);
  assert.equal(after?.position, "/data/age");
});

test("a photo moves with its question; one without a question is kept and not sent", async () => {
  const { store, draft } = await begun();
  await publish(store);
  const picture = { blob: photo(500), width: 2, height: 2 };
  const gone = await addPage(store, draft, "/data/old_paper", picture);
  const kept = await addPage(store, draft, "/data/paper", { ...picture, blob: photo(600, 2) });
  draft.answers = { v: 1, values: { paper: kept.name, old_paper: gone.name } };
  await saveDraft(store, draft);
  await carryOver(store, draft, await offered(store, draft));
  const after = await readDraft(store, draft.id);
  assert.deepEqual(
    after?.pages.map(({ name, path }) => [name, path]),
    [
      [kept.name, "/data/papers/paper"],
      [gone.name, "/data/old_paper"],
    ],
  );
  assert.equal(after?.carried?.lost[0]?.isPage, true);
  const sent = answeredPages(after?.pages ?? [], { papers: { paper: kept.name } });
  assert.deepEqual(
    sent.map(({ path }) => path),
    ["/data/papers/paper"],
  );
});

test("who keeps the old version is remembered, and nothing of the draft changes", async () => {
  const { store, draft } = await begun();
  await publish(store);
  const offer = await offered(store, draft);
  await decline(store, draft, offer);
  const after = await readDraft(store, draft.id);
  assert.deepEqual([after?.declined, after?.form, after?.carried], [NEW, OLD, undefined]);
  assert.deepEqual(after?.answers, draft.answers);
});
