import assert from "node:assert/strict";
import { test } from "node:test";
import type { Element, ValueType } from "../../../../pwa/forms/engine/definition.ts";
import type { Question } from "../../../../pwa/forms/renderer/question.ts";
import { isPicture, shownAnswer } from "../../../../pwa/forms/renderer/summary.ts";
import { vietnamese } from "../../../../pwa/language/vi.ts";

const choices = [
  { value: "a", label: "Cha" },
  { value: "b", label: "Mẹ" },
];
function question(
  as: Element["as"],
  value: string,
  type?: ValueType,
  appearance: string[] = [],
): Question {
  const words = { label: "", hint: "", guidance: "", media: {} };
  return {
    ref: "/data/q",
    element: { as, appearance },
    type,
    value,
    choices,
    isReadonly: false,
    isRequired: false,
    ...words,
  };
}
const shown = (...given: Parameters<typeof question>): string =>
  shownAnswer(question(...given), vietnamese);

test("choices are read by their labels, several on lines of their own, ranked ones numbered", () => {
  assert.equal(shown("select1", "b"), "Mẹ");
  assert.equal(shown("select", "a b"), "Cha\nMẹ");
  assert.equal(shown("rank", "b a"), "1. Mẹ\n2. Cha");
});

test("the one choice whose name holds a space is not taken apart", () => {
  assert.equal(
    shownAnswer(
      { ...question("select1", "Ba Na"), choices: [{ value: "Ba Na", label: "Ba Na" }] },
      vietnamese,
    ),
    "Ba Na",
  );
});

test("dates and numbers are read as people in Vietnam write them", () => {
  assert.equal(shown("input", "2026-03-15", "date"), "15/03/2026");
  assert.equal(shown("input", "2026-03-01", "date", ["year"]), "2026");
  assert.equal(shown("input", "2026-03-15T08:30:00.000+07:00", "dateTime"), "08:30, 15/03/2026");
  assert.equal(shown("input", "2.5", "decimal"), "2,5");
});

test("a secret is never read back, and no answer has no words", () => {
  assert.equal(shown("secret", "1234"), "••••");
  assert.equal(shown("input", ""), "");
});

test("a kept file is told by its kind and size, a walked line by its points", () => {
  const host = { sizeOf: () => 3000, typeOf: () => "application/pdf" };
  assert.equal(shownAnswer(question("upload", "x.pdf"), vietnamese, host), "Tệp PDF, 3 KB");
  const line = question("input", "1 2;3 4;5 6;1 2", "geoshape");
  assert.match(shownAnswer(line, vietnamese), /3/);
});

test("only pictures are shown as pictures", () => {
  const kept = (type: string) => ({ typeOf: () => type });
  assert.equal(isPicture(question("upload", "x.jpg"), kept("image/jpeg")), true);
  assert.equal(isPicture(question("upload", "x.weba"), kept("audio/webm")), false);
});
