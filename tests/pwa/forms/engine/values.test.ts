import assert from "node:assert/strict";
import { test } from "node:test";
import { zoneOf } from "../../../../pwa/forms/engine/dates.ts";
import { TreeNode } from "../../../../pwa/forms/engine/tree.ts";
import {
  type Comparison,
  compare,
  momentAt,
  numberText,
  toBoolean,
  toNumber,
  toText,
  type Value,
} from "../../../../pwa/forms/engine/values.ts";

const zone = zoneOf("+07:00");
const nodes = (...texts: string[]): Value =>
  texts.map((text) => new TreeNode("text", "", null, text));
const holds = (how: Comparison, a: Value, b: Value): boolean => compare(how, a, b, zone);

test("numbers are written without exponent and without a sign on zero", () => {
  assert.equal(numberText(1e21), "1000000000000000000000");
  assert.equal(numberText(1.5e-7), "0.00000015");
  assert.equal(numberText(-2.5e22), "-25000000000000000000000");
  assert.equal(numberText(-0), "0");
  assert.equal(numberText(0.1 + 0.2), "0.30000000000000004");
  assert.equal(numberText(Number.NaN), "NaN");
  assert.equal(numberText(Number.NEGATIVE_INFINITY), "-Infinity");
});

test("only plain decimals are numbers", () => {
  assert.equal(toNumber(" -12.50 ", zone), -12.5);
  assert.equal(toNumber(".5", zone), 0.5);
  assert.equal(toNumber("5.", zone), 5);
  for (const text of ["", "1e3", "+1", "0x10", "1,5", "- 1", "Infinity"]) {
    assert.ok(Number.isNaN(toNumber(text, zone)), text);
  }
});

test("text that looks like a date counts as days, with the zone's fraction", () => {
  assert.equal(toNumber("1970-01-02", zone), 17 / 24);
  assert.equal(toNumber("1970-01-02T07:00:00.000+07:00", zone), 1);
  assert.equal(toNumber(nodes("1970-01-02"), zone), 17 / 24);
});

test("text is true when there is any, nodes when there are any", () => {
  assert.equal(toBoolean("false"), true);
  assert.equal(toBoolean(""), false);
  assert.equal(toBoolean(nodes("")), true);
  assert.equal(toBoolean([]), false);
  assert.equal(toBoolean(Number.NaN), false);
  assert.equal(toBoolean(momentAt(Number.NaN, zone)), false);
});

test("nodes are written as their first", () => {
  assert.equal(toText(nodes("a", "b")), "a");
  assert.equal(toText([]), "");
});

test("nodes compare when any one of them does", () => {
  assert.equal(holds("=", nodes("a", "b"), "b"), true);
  assert.equal(holds("!=", nodes("a", "b"), "b"), true);
  assert.equal(holds("=", [], ""), false);
  assert.equal(holds("!=", [], ""), false);
  assert.equal(holds(">", nodes("1", "9"), 5), true);
  assert.equal(holds("=", nodes("a", "b"), nodes("c", "b")), true);
});

test("beside a truth value nodes count as a whole", () => {
  assert.equal(holds("=", nodes("0"), true), true);
  assert.equal(holds("=", [], false), true);
});

test("beside a number text becomes one", () => {
  assert.equal(holds("=", "5.0", 5), true);
  assert.equal(holds("=", "5.0", "5"), false);
  assert.equal(holds("<", "10", "9"), false);
});

test("dates compare with dates written as text", () => {
  const today = momentAt(Date.UTC(2026, 10, 21, 17), zone);
  assert.equal(holds("<=", nodes("2026-11-22"), today), true);
  assert.equal(holds("<", nodes("2026-11-22"), today), false);
  assert.equal(holds("<", "2026-11-21", "2026-11-22"), true);
});
