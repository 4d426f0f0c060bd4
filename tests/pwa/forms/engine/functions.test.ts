import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expr, TreeData } from "../../../../pwa/forms/engine/definition.ts";
import { run, text } from "./world.ts";

const list: TreeData = [
  "root",
  null,
  [
    ["n", null, "3"],
    ["n", null, "1"],
    ["n", null, ""],
    ["n", null, "2"],
  ],
];
const ns: Expr = ["path", ".", ["child", "n"]];
const full: Expr = ["path", ".", ["child", "n", ["!=", ["."], ""]]];
const expr = (...parts: Expr[]): Expr => parts as unknown as Expr;

/** Each case is an expression and what it is as text. */
function check(cases: readonly (readonly [Expr, string])[]): void {
  for (const [given, wanted] of cases)
    assert.equal(text(given, list), wanted, JSON.stringify(given));
}

test("logic looks only at what decides", () => {
  check([
    [["if", ["true"], "a", ["nowhere"]], "a"],
    [["or", ["true"], ["nowhere"]], "true"],
    [["and", ["true"], "x", ["false"], ["nowhere"]], "false"],
    [["not", ["=", 1, 1]], "false"],
    [["boolean-from-string", "1"], "true"],
    [["boolean-from-string", "yes"], "false"],
  ]);
  assert.throws(() => run(["nowhere"]), /no function nowhere/);
});

test("checklists count what is true, with and without weights", () => {
  check([
    [["checklist", 1, 2, ["true"], ["false"], "x"], "true"],
    [["checklist", 1, 1, ["true"], ["true"]], "false"],
    [["checklist", 2, -1, ["true"], ["true"], ["true"]], "true"],
    [["weighted-checklist", 5, 7, ["true"], 5, ["false"], 9, ["true"], 2], "true"],
    [["weighted-checklist", 8, 9, ["true"], 5, ["true"], 2], "false"],
  ]);
});

test("arithmetic is XPath's", () => {
  check([
    [["+", "1", ["*", 2, 3]], "7"],
    [["div", 1, 0], "Infinity"],
    [["mod", -5, 3], "-2"],
    [["mod", 5, -3], "2"],
    [["neg", ["neg", 3]], "3"],
    [["-", "2021-11-30", "2021-11-29"], "1"],
  ]);
});

test("rounding takes halves away from zero and reads decimals as written", () => {
  check([
    [["round", 2.5], "3"],
    [["round", -2.5], "-3"],
    [["round", 1.005, 2], "1.01"],
    [["round", -1.475, 2], "-1.48"],
    [["round", 1234.5, -2], "1200"],
    [["round", 1e-9], "0"],
    [["round", "x"], "NaN"],
    [["round", ["div", 1, 0]], "Infinity"],
    [["int", -3.9], "-3"],
    [["floor", -3.1], "-4"],
    [["ceiling", 3.1], "4"],
  ]);
});

test("sums and extremes take nodes one by one, and one that is no number spoils them", () => {
  check([
    [["sum", full], "6"],
    [["sum", ns], "NaN"],
    [["sum", ["path", ".", ["child", "none"]]], "0"],
    [["max", full, 10], "10"],
    [["min", full], "1"],
    [["min", ns], "NaN"],
    [["max", ["path", ".", ["child", "none"]]], "NaN"],
    [["count", ns], "4"],
    [["count-non-empty", ns], "3"],
  ]);
  assert.throws(() => run(["sum", 3]), /must be nodes/);
});

test("text is cut from 0 by substr and from 1 by substring", () => {
  check([
    [["substr", "hello", 1], "ello"],
    [["substr", "hello", 1, 3], "el"],
    [["substr", "hello", -2], "lo"],
    [["substring", "12345", 2, 3], "234"],
    [["substring", "12345", 1.5, 2.6], "234"],
    [["substring", "12345", 0, 3], "12"],
    [["substring", "12345", ["div", 0, 0]], ""],
    [["substring-before", "2026-11-22", "-"], "2026"],
    [["substring-after", "a::b::c", "::"], "b::c"],
    [["substring-after", "abc", "x"], ""],
    [["substring-after", "abc", ""], "abc"],
  ]);
});

test("texts join, compare and change", () => {
  check([
    [["concat", "a", 1, ns], "a1312"],
    [["join", ", ", full, "x"], "3, 1, 2, x"],
    [["coalesce", "", "b"], "b"],
    [["coalesce", "a", "b"], "a"],
    [["coalesce", ["div", 1, ""], "b"], "b"],
    [["normalize-space", "  a \t b\n"], "a b"],
    [["translate", "bar", "abc", "AB"], "BAr"],
    [["translate", "b-a-r", "-", ""], "bar"],
    [["string-length", "Giàng"], "5"],
    [["starts-with", "Lò Thị", "Lò"], "true"],
    [["ends-with", "Lò Thị", "Lò"], "false"],
    [["contains", "abc", "bc"], "true"],
    [["regex", "0912345678", "^(0|\\+84)[35789][0-9]{8}$"], "true"],
    [["regex", "091", "^0[0-9]{9}$"], "false"],
    [["base64-decode", "R2nDoG5n"], "Giàng"],
    [["base64-decode", "***"], ""],
  ]);
});

test("chosen values are words", () => {
  check([
    [["selected", "a b c", "b"], "true"],
    [["selected", "ab c", "b"], "false"],
    [["selected", "", ""], "false"],
    [["selected-at", "a b c", 1], "b"],
    [["selected-at", "a b c", 9], ""],
    [["count-selected", "  a  b "], "2"],
  ]);
});

test("dates are days as numbers and ISO as text", () => {
  check([
    [["today"], "2026-11-22"],
    [["now"], "2026-11-22T12:00:00.000+07:00"],
    [["date", "2026-1-5"], "2026-01-05"],
    [["date", ["+", ["today"], 1]], "2026-11-23"],
    [["date", ""], ""],
    [["date", "x"], "Invalid Date"],
    [["format-date", ["date", "2026-11-02"], "%e/%n/%Y"], "2/11/2026"],
    [["format-date", "", "%Y"], ""],
    [["decimal-date-time", "1970-01-01T07:00:00.000+07:00"], "0"],
    [["decimal-time", "18:00:00.000+07:00"], "0.75"],
    [["number", "1970-01-02"], "0"],
    [["int", ["div", ["-", ["today"], ["date", "2000-11-23"]], 365.25]], "25"],
    [["<=", "2026-11-22", ["today"]], "true"],
  ]);
});

test("a position is among like-named neighbours", () => {
  const third = expr("path", ".", expr("child", "n", 3));
  check([
    [["position", third], "3"],
    [["position", ["path", ".", ["child", "none"]]], "NaN"],
  ]);
  assert.throws(() => run(["position", ns], list), /one node/);
});

test("a repeat is found by number, whatever the order of the pairs", () => {
  const data: TreeData = [
    "d",
    null,
    [
      [
        "r",
        null,
        [
          ["s", null, [["x", null, "1a"]]],
          ["s", null, [["x", null, "1b"]]],
        ],
      ],
      [
        "r",
        null,
        [
          ["s", null, [["x", null, "2a"]]],
          ["s", null, [["x", null, "2b"]]],
        ],
      ],
    ],
  ];
  const r: Expr = ["path", ".", ["child", "r"]];
  const s: Expr = ["path", ".", ["child", "r"], ["child", "s"]];
  const x: Expr = ["path", ".", ["child", "r"], ["child", "s"], ["child", "x"]];
  assert.equal(text(["indexed-repeat", x, r, 2, s, 1], data), "2a");
  assert.equal(text(["indexed-repeat", x, s, 2, r, 1], data), "1b");
  assert.equal(text(["indexed-repeat", x, r, 3, s, 1], data), "");
});

test("once keeps what is there", () => {
  assert.equal(text(["once", "new"], ["root", null, "old"]), "old");
  assert.equal(text(["once", "new"], ["root", null, ""]), "new");
});

test("a uuid is version 4 and comes from the given chance", () => {
  assert.equal(text(["uuid"]), "88888888-8888-4888-a888-888888888888");
  assert.match(
    String(run(["uuid"], undefined, Math.random)),
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assert.equal(String(run(["uuid", 7], undefined, Math.random)).length, 7);
});
