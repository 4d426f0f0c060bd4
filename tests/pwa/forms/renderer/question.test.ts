import assert from "node:assert/strict";
import { test } from "node:test";
import { elementId, isSame, type Question } from "../../../../pwa/forms/renderer/question.ts";

const question = (more: Partial<Question> = {}): Question => ({
  ref: "/data/a",
  element: ELEMENT,
  type: "string",
  value: "",
  label: "Tên",
  hint: "",
  guidance: "",
  media: {},
  isReadonly: false,
  isRequired: false,
  choices: [{ value: "1", label: "Một" }],
  ...more,
});
const ELEMENT = { as: "input" } as const;

test("two looks at a question that nothing happened to are the same", () => {
  assert.ok(isSame(question(), question()));
  assert.ok(
    isSame(question({ media: { image: "a.jpg" } }), question({ media: { image: "a.jpg" } })),
  );
});

test("an answer, a word, a picture or another choice makes a question another", () => {
  const others: Partial<Question>[] = [
    { value: "x" },
    { label: "Họ" },
    { isReadonly: true },
    { isRequired: true },
    { media: { image: "a.jpg" } },
    { choices: [] },
    { choices: [{ value: "1", label: "Hai" }] },
    { choices: [{ value: "1", label: "Một", media: { image: "a.jpg" } }] },
  ];
  for (const other of others) assert.equal(isSame(question(), question(other)), false);
});

test("the id of a question holds letters, digits and dashes alone", () => {
  assert.equal(elementId("/data/thanh_vien[2]/ho_ten"), "q-data-thanh-vien-2-ho-ten");
});
