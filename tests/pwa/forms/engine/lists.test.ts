import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expr, Instance } from "../../../../pwa/forms/engine/index.ts";
import { answer, open, view } from "../../../../pwa/forms/engine/index.ts";
import { $, define, opened, type Sample } from "./sample.ts";

const table: Instance = {
  columns: ["name", "label", "price"],
  values: [
    ["a", "b", "a"],
    ["Gạo", "Ngô", "Gạo nếp"],
    ["20", "10", "35"],
  ],
};
const tree: Instance = {
  tree: [
    "root",
    null,
    [
      [
        "item",
        { code: "x" },
        [
          ["name", null, "a"],
          ["price", null, "20"],
        ],
      ],
      [
        "item",
        { code: "y" },
        [
          ["name", null, "b"],
          ["price", null, "10"],
        ],
      ],
    ],
  ],
};

function lookups(instance: Instance, calculate: Expr): Sample {
  return {
    instances: { goods: instance },
    nodes: { "/data/key": { value: "a" }, "/data/out": { calculate } },
  };
}

test("a lookup gives the first match and nothing for none", () => {
  const form = opened(lookups(table, ["lookup", "goods", "name", $("/data/key"), "label"]));
  assert.equal(view(form, "/data/out").value, "Gạo");
  answer(form, "/data/key", "b");
  assert.equal(view(form, "/data/out").value, "Ngô");
  answer(form, "/data/key", "q");
  assert.equal(view(form, "/data/out").value, "");
});

test("a lookup counts and sums all that match, as the path would", () => {
  const found: Expr = ["lookup", "goods", "name", $("/data/key"), "price"];
  assert.equal(view(opened(lookups(table, ["sum", found])), "/data/out").value, "55");
  assert.equal(view(opened(lookups(table, ["count", found])), "/data/out").value, "2");
});

test("a path over a table sees root, items and columns", () => {
  const path: Expr = [
    "path",
    ["instance", "goods"],
    ["child", "root"],
    ["child", "item", [">", ["path", ".", ["child", "price"]], 15]],
    ["child", "label"],
  ];
  assert.equal(
    view(opened(lookups(table, ["join", ", ", path])), "/data/out").value,
    "Gạo, Gạo nếp",
  );
});

test("a tree is searched by element or attribute", () => {
  const by = (column: string, key: string): string =>
    view(opened(lookups(tree, ["lookup", "goods", column, key, "price"])), "/data/out").value;
  assert.equal(by("name", "b"), "10");
  assert.equal(by("@code", "x"), "20");
});

test("a resource is taken by its digest", () => {
  const sample = lookups({ resource: "d1" }, ["lookup", "goods", "name", "b", "label"]);
  assert.equal(view(opened(sample, { resources: { d1: table } }), "/data/out").value, "Ngô");
});

test("a form whose list was not given does not open", () => {
  const sample = lookups({ resource: "d1" }, ["lookup", "goods", "name", "b", "label"]);
  assert.throws(() => open(define(sample), { clock: () => new Date(0) }), /list goods is missing/);
});

test("an empty key finds the rows that are empty, and none in a full column", () => {
  const gaps: Instance = {
    columns: ["name", "of"],
    values: [
      ["a", "b"],
      ["", "1"],
    ],
  };
  const find = (column: string): Expr => ["count", ["lookup", "t", column, "", "name"]];
  const form = opened({
    instances: { t: gaps },
    nodes: { "/data/full": { calculate: find("name") }, "/data/gaps": { calculate: find("of") } },
  });
  assert.equal(view(form, "/data/full").value, "0");
  assert.equal(view(form, "/data/gaps").value, "1");
});

test("looking through a column and its index give the same rows, however often it is asked", () => {
  const size = 500;
  const columns = ["name", "of"];
  const values = [
    Array.from({ length: size }, (_, row) => `n${row}`),
    Array.from({ length: size }, (_, row) => `k${row % 7}`),
  ];
  const form = opened({
    instances: { t: { columns, values } },
    nodes: {
      "/data/key": {},
      "/data/out": { calculate: ["join", " ", ["lookup", "t", "of", $("/data/key"), "name"]] },
    },
  });
  for (let time = 0; time < 40; time++) {
    const key = `k${time % 8}`;
    answer(form, "/data/key", key);
    const expected = values[0]?.filter((_, row) => values[1]?.[row] === key).join(" ");
    assert.equal(view(form, "/data/out").value, expected, `${key}, asked ${time} times before`);
  }
});
