import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expr } from "../../../../pwa/forms/engine/definition.ts";
import { run } from "./world.ts";

const square = "0 0; 0 0.01; 0.01 0.01; 0.01 0; 0 0";

test("a hundredth of a degree at the equator is a good kilometre", () => {
  assert.equal(run(["distance", "0 0; 0 0.01"]), 1113.19);
  assert.equal(run(["distance", "0 0 5 1", "0 0.01 5 1"]), 1113.19);
  assert.throws(() => run(["distance", "here"]), /two points/);
});

test("an area does not ask whether the shape is closed or which way it turns", () => {
  const area = run(["area", square]);
  assert.ok(Math.abs(Number(area) - 1239190) < 100, String(area));
  assert.equal(run(["area", "0 0; 0 0.01; 0.01 0.01; 0.01 0"]), area);
  assert.equal(run(["area", "0 0; 0.01 0; 0.01 0.01; 0 0.01"]), area);
  assert.equal(run(["area", "0 0"]), 0);
});

test("a point is inside a closed shape or not", () => {
  const inside = (point: string, shape: string): unknown => run(["geofence", point, shape] as Expr);
  assert.equal(inside("0.005 0.005", square), true);
  assert.equal(inside("0.005 0.02", square), false);
  assert.equal(inside("0.005 0.005", "0 0; 0 0.01; 0.01 0.01"), false);
  assert.equal(inside("", square), false);
});
