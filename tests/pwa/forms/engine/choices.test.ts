import assert from "node:assert/strict";
import { test } from "node:test";
import type { Choices, Expr, Instance } from "../../../../pwa/forms/engine/index.ts";
import { addRepeat, answer, setLanguage, view } from "../../../../pwa/forms/engine/index.ts";
import { $, opened } from "./sample.ts";

const places: Instance = {
  columns: ["name", "label", "province", "size", "image"],
  values: [
    ["1", "2", "3", "4"],
    [{ vi: "Một", en: "One" }, { vi: "Hai", en: "Two" }, { vi: "Ba" }, "Bốn"],
    ["10", "10", "20", "10"],
    ["5", "7", "9", "11"],
    ["", "hai.jpg", "", ""],
  ],
};
const cell = (column: string): Expr => ["path", ".", ["child", column]];

function select(choices: Choices, as: "select1" | "select" | "rank" = "select1") {
  return opened({
    languages: ["vi", "en"],
    instances: { places },
    nodes: {
      "/data/p": { value: "10" },
      "/data/least": { value: "6" },
      "/data/q": { as, type: as, choices },
    },
  });
}

const labels = (form: Parameters<typeof view>[0], ref = "/data/q"): string[] =>
  (view(form, ref).choices ?? []).map(({ label }) => label);

test("equality conditions and the rest of a filter both hold", () => {
  const form = select({
    in: "places",
    value: "name",
    label: "label",
    where: [["province", $("/data/p")]],
    filter: [">", cell("size"), $("/data/least")],
  });
  assert.deepEqual(labels(form), ["Hai", "Bốn"]);
  answer(form, "/data/least", "0");
  assert.deepEqual(labels(form), ["Một", "Hai", "Bốn"]);
  answer(form, "/data/p", "20");
  assert.deepEqual(labels(form), ["Ba"]);
  answer(form, "/data/p", "");
  assert.deepEqual(labels(form), []);
});

test("labels of a list follow the language", () => {
  const form = select({ in: "places", value: "name", label: "label" });
  setLanguage(form, "en");
  assert.deepEqual(labels(form), ["One", "Two", "Ba", "Bốn"]);
});

test("a row's picture comes with its choice", () => {
  const form = select({ in: "places", value: "name", label: "label", media: { image: "image" } });
  assert.deepEqual(
    view(form, "/data/q").choices?.map(({ media }) => media?.image),
    [undefined, "hai.jpg", undefined, undefined],
  );
});

test("a filter that fails hides the selection and the answer", () => {
  const form = select(
    { in: "places", value: "name", label: "label", filter: [">", cell("size"), $("/data/least")] },
    "select",
  );
  answer(form, "/data/q", "4 2");
  assert.equal(view(form, "/data/q").value, "2 4");
  answer(form, "/data/least", "8");
  assert.equal(view(form, "/data/q").value, "4");
  answer(form, "/data/least", "0");
  assert.equal(view(form, "/data/q").value, "2 4");
});

test("a value that is not offered at all is no answer", () => {
  const form = select({ items: [{ value: "a", label: "A" }] });
  answer(form, "/data/q", "z");
  assert.equal(view(form, "/data/q").value, "");
});

test("a ranking keeps the order it was given", () => {
  const items = [..."abc"].map((value) => ({ value, label: value }));
  const form = select({ items }, "rank");
  answer(form, "/data/q", "c a b");
  assert.equal(view(form, "/data/q").value, "c a b");
});

test("the answers of a repeat are choices elsewhere", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat" },
      "/data/m/name": {},
      "/data/q": { as: "select1", choices: { from: $("/data/m"), value: "name", label: "./name" } },
      "/data/told": { calculate: ["jr:choice-name", $("/data/q"), $("/data/q")] },
    },
  });
  answer(form, "/data/m[1]/name", "A");
  addRepeat(form, "/data/m");
  answer(form, "/data/m[2]/name", "B");
  assert.deepEqual(labels(form), ["A", "B"]);
  answer(form, "/data/q", "B");
  assert.equal(view(form, "/data/told").value, "B");
  answer(form, "/data/m[2]/name", "C");
  assert.equal(view(form, "/data/q").value, "");
  assert.equal(view(form, "/data/told").value, "");
});

test("a random order is the same at every look and a seed fixes it for all", () => {
  const free = select({ in: "places", value: "name", label: "label", randomize: true });
  assert.deepEqual(labels(free), labels(free));
  assert.deepEqual([...labels(free)].sort(), ["Ba", "Bốn", "Hai", "Một"]);
  const seeded = (): string[] =>
    labels(select({ in: "places", value: "name", label: "label", randomize: 42 }));
  assert.deepEqual(seeded(), seeded());
  assert.notDeepEqual(seeded(), ["Một", "Hai", "Ba", "Bốn"]);
});

test("a choice of one may have a name with a space in it", () => {
  const groups = {
    columns: ["name", "label"],
    values: [
      ["Kinh", "Ba Na"],
      ["Kinh", "Ba Na"],
    ],
  };
  const choices: Choices = { in: "groups", value: "name", label: "label" };
  const form = opened({
    instances: { groups },
    nodes: { "/data/q": { as: "select1", type: "select1", choices } },
  });
  answer(form, "/data/q", "Ba Na");
  assert.equal(view(form, "/data/q").value, "Ba Na");
});

test("the choices of a list are the same array until what picks them changes", () => {
  const form = select({
    in: "places",
    value: "name",
    label: "label",
    where: [["province", $("/data/p")]],
  });
  const look = () => view(form, "/data/q").choices;
  const first = look();
  answer(form, "/data/least", "9");
  assert.equal(look(), first);
  answer(form, "/data/p", "20");
  assert.deepEqual(labels(form), ["Ba"]);
  answer(form, "/data/p", "10");
  setLanguage(form, "en");
  assert.deepEqual(labels(form), ["One", "Two", "Bốn"]);
});

test("choices whose words hold an answer follow it", () => {
  const named: Instance = {
    columns: ["name", "label"],
    values: [["1"], [{ vi: ["Nhà ", { x: ["$", 1] }] }]],
  };
  const form = opened({
    languages: ["vi"],
    instances: { named },
    nodes: {
      "/data/p": { value: "10" },
      "/data/q": { as: "select1", choices: { in: "named", value: "name", label: "label" } },
    },
  });
  assert.deepEqual(labels(form), ["Nhà 10"]);
  answer(form, "/data/p", "11");
  assert.deepEqual(labels(form), ["Nhà 11"]);
});
