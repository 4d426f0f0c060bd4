import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf, pointsOf } from "../../../../pwa/forms/renderer/points.ts";

test("an outline closes itself from three corners on", () => {
  assert.equal(lineOf(["a", "b", "c"], true), "a;b;c;a");
  assert.equal(lineOf(["a", "b"], true), undefined);
  assert.deepEqual(pointsOf("a;b; c;a", true), ["a", "b", "c"]);
});

test("a line needs two points and stays open", () => {
  assert.equal(lineOf(["a", "b"], false), "a;b");
  assert.equal(lineOf(["a"], false), undefined);
  assert.deepEqual(pointsOf("a;b;a", false), ["a", "b", "a"]);
});

test("no points are no answer rather than a wrong one", () => {
  assert.equal(lineOf([], true), "");
  assert.deepEqual(pointsOf("", true), []);
});
