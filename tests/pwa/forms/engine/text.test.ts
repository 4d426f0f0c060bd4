import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, setLanguage, textOf, view } from "../../../../pwa/forms/engine/index.ts";
import { $, opened } from "./sample.ts";

const sample = {
  languages: ["vi", "en", "hmn"],
  nodes: {
    "/data/name": { label: { vi: "Họ và tên", en: "Full name" } },
    "/data/hello": {
      label: { vi: ["Chào ", { x: $("/data/name") }, "!"], en: ["Hello ", { x: $("/data/name") }] },
    },
    "/data/said": { calculate: ["text", { vi: "có", en: "yes" }] as never },
  },
};

test("a language without a wording falls back on the form's default", () => {
  const form = opened(sample, { language: "en" });
  assert.equal(view(form, "/data/name").label, "Full name");
  setLanguage(form, "hmn");
  assert.equal(view(form, "/data/name").label, "Họ và tên");
});

test("the default is the form's first language, not the text's", () => {
  const form = opened(sample, { language: "hmn" });
  assert.equal(textOf(form, { en: "Yes", vi: "Có" }), "Có");
});

test("a text that lacks even the default is shown in what it has", () => {
  const form = opened(sample, { language: "hmn" });
  assert.equal(textOf(form, { en: "Only English" }), "Only English");
  assert.equal(textOf(form, {}), "");
});

test("outputs say what the answers are now", () => {
  const form = opened(sample);
  answer(form, "/data/name", "Lò Thị Mẫu");
  assert.equal(view(form, "/data/hello").label, "Chào Lò Thị Mẫu!");
});

test("computed words follow the language", () => {
  const form = opened(sample);
  assert.equal(view(form, "/data/said").value, "có");
  assert.ok(setLanguage(form, "en").has("/data/said"));
  assert.equal(view(form, "/data/said").value, "yes");
});

test("an output inside a repeat speaks of its own instance", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", initial: [{ name: "A" }, { name: "B" }] },
      "/data/m/name": {},
      "/data/m/age": { label: ["Tuổi của ", { x: $("/data/m/name") }] },
    },
  });
  assert.equal(view(form, "/data/m[2]/age").label, "Tuổi của B");
});
