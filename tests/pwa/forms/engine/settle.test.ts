import assert from "node:assert/strict";
import { test } from "node:test";
import { addRepeat, answer, removeRepeat, view } from "../../../../pwa/forms/engine/index.ts";
import { $, opened } from "./sample.ts";

const value = (form: Parameters<typeof view>[0], ref: string): string => view(form, ref).value;

test("a long chain settles in one answer", () => {
  const nodes: { [path: string]: object } = { "/data/n0": { type: "int" } };
  for (let at = 50; at > 0; at--)
    nodes[`/data/n${at}`] = { calculate: ["+", $(`/data/n${at - 1}`), 1] };
  const form = opened({ nodes });
  answer(form, "/data/n0", "7");
  assert.equal(value(form, "/data/n50"), "57");
});

test("a running total reads the instance before", () => {
  const before = [
    "path",
    $("/data/m"),
    ["self", "*", ["=", ["position", ["."]], ["-", ["position", $("/data/m", "/data/m")], 1]]],
    ["child", "total"],
  ];
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", initial: [{ x: "1" }, { x: "2" }, { x: "4" }, { x: "8" }] },
      "/data/m/x": { type: "int" },
      "/data/m/total": { calculate: ["+", ["coalesce", before as never, 0], $("/data/m/x")] },
    },
  });
  assert.equal(value(form, "/data/m[4]/total"), "15");
  answer(form, "/data/m[1]/x", "101");
  assert.equal(value(form, "/data/m[4]/total"), "115");
  removeRepeat(form, "/data/m[2]");
  assert.equal(value(form, "/data/m[3]/total"), "113");
});

test("computations that chase each other come to an end", () => {
  const form = opened({
    nodes: {
      "/data/go": {},
      "/data/a": { calculate: ["+", ["number", $("/data/b")], $("/data/go")] },
      "/data/b": { calculate: $("/data/a") },
    },
  });
  answer(form, "/data/go", "1");
  assert.ok(typeof value(form, "/data/a") === "string");
});

test("a typed value stands until what the calculation reads changes", () => {
  const form = opened({ nodes: { "/data/a": {}, "/data/b": { calculate: $("/data/a") } } });
  answer(form, "/data/a", "x");
  answer(form, "/data/b", "mine");
  assert.equal(value(form, "/data/b"), "mine");
  answer(form, "/data/a", "y");
  assert.equal(value(form, "/data/b"), "y");
});

test("a calculation that was not relevant runs when it becomes so", () => {
  const form = opened({
    nodes: {
      "/data/on": {},
      "/data/a": {},
      "/data/b": { relevant: ["=", $("/data/on"), "1"], calculate: $("/data/a") },
    },
  });
  answer(form, "/data/a", "x");
  assert.equal(value(form, "/data/b"), "");
  answer(form, "/data/on", "1");
  assert.equal(value(form, "/data/b"), "x");
});

test("an inner repeat counts by its own outer instance", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", initial: [{ n: "1" }, { n: "2" }] },
      "/data/m/n": { type: "int" },
      "/data/m/s": { kind: "repeat", count: $("/data/m/n") },
      "/data/m/s/x": { value: "a" },
      "/data/m/many": { calculate: ["count", $("/data/m/s")] },
      "/data/all": { calculate: ["count", $("/data/m/s")] },
    },
  });
  assert.deepEqual(
    [value(form, "/data/m[1]/many"), value(form, "/data/m[2]/many"), value(form, "/data/all")],
    ["1", "2", "3"],
  );
  answer(form, "/data/m[1]/n", "4");
  assert.deepEqual(
    [value(form, "/data/m[1]/many"), value(form, "/data/m[2]/many"), value(form, "/data/all")],
    ["4", "2", "6"],
  );
});

test("a required mark and its lifting are told as changes", () => {
  const form = opened({
    nodes: { "/data/a": {}, "/data/b": { required: ["=", $("/data/a"), "1"] } },
  });
  assert.ok(answer(form, "/data/a", "1").has("/data/b"));
  assert.equal(view(form, "/data/b").required, true);
});

test("a new instance's own start values set nothing off", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", initial: [] },
      "/data/m/a": { value: "x" },
      "/data/m/twice": { calculate: ["concat", $("/data/m/a"), $("/data/m/a")] },
      "/data/m/seen": {},
    },
    actions: [
      {
        on: ["xforms-value-changed"],
        of: "/data/m/twice",
        set: "/data/m/seen",
        value: $("/data/m/twice"),
      },
    ],
  });
  addRepeat(form, "/data/m");
  assert.equal(value(form, "/data/m[1]/twice"), "xx");
  assert.equal(value(form, "/data/m[1]/seen"), "");
});

test("a count beyond all measure is held to 2000 instances", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", count: 1e9 },
      "/data/m/a": {},
      "/data/n": { calculate: ["count", $("/data/m")] },
    },
  });
  assert.equal(value(form, "/data/n"), "2000");
});

test("a set value reaches the instance it belongs to, and runs on computed changes too", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat" },
      "/data/m/a": {},
      "/data/m/twice": { calculate: ["concat", $("/data/m/a"), $("/data/m/a")] },
      "/data/m/seen": {},
    },
    actions: [
      {
        on: ["xforms-value-changed"],
        of: "/data/m/twice",
        set: "/data/m/seen",
        value: $("/data/m/twice"),
      },
    ],
  });
  addRepeat(form, "/data/m");
  assert.equal(value(form, "/data/m[2]/seen"), "");
  answer(form, "/data/m[2]/a", "x");
  assert.equal(value(form, "/data/m[1]/seen"), "");
  assert.equal(value(form, "/data/m[2]/seen"), "xx");
});
