import assert from "node:assert/strict";
import { test } from "node:test";
import { english } from "../../../pwa/language/en.ts";
import { languageOf, pick, reasonWords } from "../../../pwa/language/messages.ts";
import { vietnamese as first } from "../../../pwa/language/vi.ts";
import { rareInVietnamese } from "../../../pwa/language/vi-rare.ts";

const vietnamese = { ...first, rare: rareInVietnamese };

function leaves(part: unknown, path = ""): [string, unknown][] {
  if (typeof part !== "object" || part === null) return [[path, part]];
  return Object.entries(part).flatMap(([name, inner]) => leaves(inner, `${path}/${name}`));
}

test("both languages have words for the same things, reasons included", () => {
  const paths = (words: object): string[] =>
    leaves(words)
      .map(([path]) => path)
      .sort();
  assert.deepEqual(paths(english), paths(vietnamese));
});

test("no word is empty, and none of the Vietnamese was left in English", () => {
  const same = new Set(["/app/name"]);
  const spoken = new Map(leaves(english));
  for (const [path, word] of leaves(vietnamese)) {
    if (typeof word !== "string") continue;
    assert.notEqual(word.trim(), "", path);
    if (!same.has(path)) assert.notEqual(word, spoken.get(path), path);
  }
});

test("Vietnamese words are in composed form", () => {
  for (const [path, word] of leaves(vietnamese)) {
    if (typeof word === "string") assert.equal(word, word.normalize("NFC"), path);
  }
});

test("a reason nobody wrote words for is told with its code", () => {
  assert.match(reasonWords(vietnamese, "never-seen"), /never-seen/);
  assert.doesNotMatch(reasonWords(vietnamese, "storage-full"), /storage-full/);
});

test("an unknown language is answered in Vietnamese, an empty text in the other language", () => {
  assert.equal(languageOf("en-GB"), "en");
  assert.equal(languageOf("fr"), "vi");
  assert.equal(languageOf(undefined), "vi");
  assert.equal(pick({ vi: "Khai sinh", en: "" }, "en"), "Khai sinh");
});
