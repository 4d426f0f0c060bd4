import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expr, TreeData } from "../../../../pwa/forms/engine/definition.ts";
import type { XNode } from "../../../../pwa/forms/engine/tree.ts";
import { run, texts } from "./world.ts";

const village: TreeData = [
  "village",
  { code: "7" },
  [
    [
      "house",
      { n: "1" },
      [
        ["name", null, "a"],
        ["name", null, "b"],
      ],
    ],
    ["house", { n: "2" }, [["name", null, "c"]]],
    ["well", null, "deep"],
    [
      "house",
      { n: "3" },
      [
        ["name", null, "d"],
        ["name", null, "e"],
      ],
    ],
  ],
];
const path = (...steps: Expr[]): Expr => ["path", ".", ...steps] as Expr;
const step = (axis: string, name: string, ...predicates: Expr[]): Expr =>
  [axis, name, ...predicates] as Expr;

test("child steps keep document order", () => {
  assert.deepEqual(texts(path(step("child", "house"), step("child", "name")), village), [
    ..."abcde",
  ]);
});

test("a number as predicate counts within each parent", () => {
  assert.deepEqual(texts(path(step("child", "house"), step("child", "name", 1)), village), [
    "a",
    "c",
    "d",
  ]);
});

test("predicates on a whole set count over the set", () => {
  const all = path(step("child", "house"), step("child", "name"));
  assert.deepEqual(texts(["filter", all, 4], village), ["d"]);
});

test("positions and sizes are those after the predicate before", () => {
  const named = step(
    "child",
    "house",
    ["path", ".", step("attribute", "n", [">", ["."], 1])],
    ["=", ["position"], ["last"]],
  );
  assert.deepEqual(texts(path(named, step("attribute", "n")), village), ["3"]);
});

test("reverse axes count backwards and give document order", () => {
  const well = step("child", "well");
  assert.deepEqual(
    texts(path(well, step("preceding-sibling", "house", 1), step("attribute", "n")), village),
    ["2"],
  );
  assert.deepEqual(
    texts(path(well, step("preceding-sibling", "*"), step("attribute", "n")), village),
    ["1", "2"],
  );
  assert.deepEqual(
    texts(path(well, step("following-sibling", "*"), step("attribute", "n")), village),
    ["3"],
  );
});

test("a node reached twice is given once", () => {
  const parents = path(step("descendant", "name"), step("parent", "house"), step("attribute", "n"));
  assert.deepEqual(texts(parents, village), ["1", "2", "3"]);
});

test("ancestors reach the document and descendants every depth", () => {
  assert.deepEqual(
    texts(path(step("descendant-or-self", "node()"), step("child", "name")), village),
    [..."abcde"],
  );
  const up = path(step("descendant", "name", 1), step("ancestor-or-self", "*"));
  assert.deepEqual(
    (run(up, village) as readonly XNode[]).map(({ name }) => name),
    ["village", "house", "name"],
  );
});

test("preceding and following leave out the node's own line", () => {
  const well = step("child", "well");
  assert.deepEqual(texts(path(well, step("preceding", "name")), village), ["a", "b", "c"]);
  assert.deepEqual(texts(path(well, step("following", "name")), village), ["d", "e"]);
});

test("text nodes and attributes are nodes of their own kind", () => {
  assert.deepEqual(texts(path(step("child", "well"), step("child", "text()")), village), ["deep"]);
  assert.deepEqual(texts(path(step("attribute", "*")), village), ["7"]);
  assert.deepEqual(texts(path(step("child", "nothing")), village), []);
});

test("an absolute path starts at the document wherever it is asked", () => {
  const absolute: Expr = ["path", "/", step("child", "village"), step("child", "well")];
  assert.deepEqual(
    texts(path(step("child", "house", ["=", absolute, "deep"]), step("attribute", "n")), village),
    ["1", "2", "3"],
  );
});

test("a union is in document order without repetition", () => {
  const union: Expr = [
    "|",
    path(step("child", "well")),
    path(step("child", "house", 2)),
    path(step("child", "well")),
  ];
  assert.deepEqual(texts(union, village), ["c", "deep"]);
});

test("an axis that nobody knows is a fault", () => {
  assert.throws(() => run(path(step("sideways", "x")), village), /no axis/);
});
