import assert from "node:assert/strict";
import { test } from "node:test";
import type { Element, ValueType } from "../../../../pwa/forms/engine/definition.ts";
import { kindOf } from "../../../../pwa/forms/renderer/control.tsx";
import { layoutOf } from "../../../../pwa/forms/renderer/controls/choose.tsx";
import type { Question } from "../../../../pwa/forms/renderer/question.ts";

function question(element: Element, type?: ValueType, choices = 0): Question {
  return {
    ...{ ref: "/data/q", element, type, value: "", label: "", hint: "", guidance: "", media: {} },
    ...{ isReadonly: false, isRequired: false },
    choices: Array.from({ length: choices }, (_, at) => ({ value: `${at}`, label: `${at}` })),
  };
}

const select = (appearance: string[], choices: number, as: "select" | "select1" = "select1") =>
  kindOf(question({ as, appearance }, as, choices));

test("long lists are searched, short ones shown whole whatever was asked", () => {
  assert.equal(select([], 8), "choose");
  assert.equal(select([], 21), "search");
  assert.equal(select(["minimal"], 9), "search");
  assert.equal(select(["autocomplete"], 5), "choose");
  assert.equal(select(["autocomplete"], 12, "select"), "picks");
});

test("an upload gets the control of its kind of file", () => {
  const upload = (mediatype: string, ...appearance: string[]) =>
    kindOf(question({ as: "upload", mediatype, appearance }, "binary"));
  assert.equal(upload("image/*"), "photo");
  assert.equal(upload("image/*", "signature"), "signature");
  assert.equal(upload("image/*", "draw"), "signature");
  assert.equal(upload("audio/*"), "recording");
  assert.equal(upload("video/*"), "file");
  assert.equal(upload("application/*"), "file");
});

test("an input gets the control of its type", () => {
  const kinds: [ValueType, string][] = [
    ["string", "text"],
    ["date", "date"],
    ["time", "time"],
    ["dateTime", "moment"],
    ["geopoint", "place"],
    ["geotrace", "trace"],
    ["geoshape", "trace"],
    ["barcode", "code"],
    ["binary", "unsupported"],
  ];
  for (const [type, kind] of kinds) assert.equal(kindOf(question({ as: "input" }, type)), kind);
});

test("cards lie as the appearance says, never in more columns than a phone has room for", () => {
  assert.equal(layoutOf(), "choices");
  assert.equal(layoutOf(["columns-2"]), "choices columns-2");
  assert.equal(layoutOf(["columns-5", "no-buttons"]), "choices columns-3 bare");
  assert.equal(layoutOf(["columns"]), "choices columns");
  assert.equal(layoutOf(["columns-pack"]), "choices pack");
  assert.equal(layoutOf(["likert"]), "choices likert");
  assert.equal(layoutOf(["list-nolabel"], 4), "choices likert");
  assert.equal(layoutOf(["likert"], 5), "choices", "five steps do not fit beside each other");
});
