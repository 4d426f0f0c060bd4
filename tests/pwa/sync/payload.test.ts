import assert from "node:assert/strict";
import test from "node:test";
import type { Answers } from "../../../pwa/forms/engine/definition.ts";
import type { Draft, Page } from "../../../pwa/store/drafts.ts";
import { answeredPages, draftPayload, reopened } from "../../../pwa/sync/payload.ts";

const page = (name: string, path: string): Page => ({
  name,
  path,
  type: "image/jpeg",
  size: 10,
  length: 26,
  digest: "d".repeat(64),
  key: "k",
  width: 1,
  height: 1,
  addedAt: 0,
});

const draft = (change: Partial<Draft> = {}): Draft => ({
  id: "draft",
  dossier: "dossier",
  procedure: "1.001193",
  form: "f".repeat(64),
  commune: "02683",
  language: "vi",
  applicant: { name: "Lò Thị Mẫu" },
  helper: null,
  answers: null,
  position: null,
  pages: [],
  supplement: null,
  state: "open",
  createdAt: 0,
  updatedAt: 0,
  ...change,
});

const heading = { id: "m", at: Date.UTC(2026, 10, 22, 1, 2, 3), base: 0 };

test("a page goes with the reference where its name stands in the answers now", () => {
  const pages = [page("a.jpg", "/data/giay/anh"), page("b.jpg", "/data/giay_to[3]/anh")];
  const answers: Answers = { giay: { anh: "a.jpg" }, giay_to: [{ loai: "1" }, { anh: "b.jpg" }] };
  assert.deepEqual(
    answeredPages(pages, answers).map(({ name, path }) => [name, path]),
    [
      ["a.jpg", "/data/giay/anh"],
      ["b.jpg", "/data/giay_to[2]/anh"],
    ],
  );
});

test("a page whose question became irrelevant stays at home", () => {
  assert.deepEqual(answeredPages([page("a.jpg", "/data/anh")], { ten: "x" }), []);
});

test("a page tells nothing but what the contract names", () => {
  const [only] = answeredPages([page("a.jpg", "/data/anh")], { anh: "a.jpg" });
  assert.deepEqual(Object.keys(only ?? {}).sort(), [
    "digest",
    "key",
    "length",
    "name",
    "path",
    "size",
    "type",
  ]);
});

test("a draft becomes dossier.submit, one with a supplement supplement.answer", () => {
  const submit = draftPayload(heading, draft(), { ten: "x" });
  assert.equal(submit.kind, "dossier.submit");
  assert.equal(submit.at, "2026-11-22T01:02:03Z");
  assert.equal("supplement" in submit, false);
  const supplement = { id: "s1", sentence: "Chụp lại", items: [] };
  const answer = draftPayload({ ...heading, base: 4 }, draft({ supplement }), {});
  assert.equal(answer.kind, "supplement.answer");
  assert.equal(answer.supplement, "s1");
  assert.equal(answer.base, 4);
});

test("a supplement tells only the reopened places, repeats keep their positions", () => {
  const answers: Answers = {
    ten: "x",
    giay: { anh: "a.jpg", khac: "y" },
    con: [{ ten: "1" }, { ten: "2", anh: "b.jpg" }],
    nhom: { trong: { sau: "z" } },
  };
  const items = [{ path: "/data/giay/anh" }, { path: "/data/con[2]/anh" }, { path: "/data/nhom" }];
  assert.deepEqual(reopened(answers, items), {
    giay: { anh: "a.jpg" },
    con: [{}, { anh: "b.jpg" }],
    nhom: { trong: { sau: "z" } },
  });
  assert.deepEqual(reopened(answers, [{ path: "/data/con[1]" }]), { con: [{ ten: "1" }, {}] });
  assert.deepEqual(reopened(answers, [{ path: "/data/te" }]), {});
  const pages = [page("a.jpg", "/data/giay/anh"), page("b.jpg", "/data/con[2]/anh")];
  const supplement = {
    ...{ id: "s", sentence: "" },
    items: [{ path: "/data/giay/anh", kind: "page" as const }],
  };
  const payload = draftPayload(heading, draft({ supplement, pages }), answers);
  assert.deepEqual(payload.answers, { giay: { anh: "a.jpg" } });
  assert.deepEqual(
    payload.pages.map(({ name }) => name),
    ["a.jpg"],
  );
});
