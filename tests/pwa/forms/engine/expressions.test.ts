import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Expr, TreeData } from "../../../../pwa/forms/engine/definition.ts";
import { text } from "./world.ts";

interface Case {
  readonly about: string;
  readonly expression: string;
  readonly tree: Expr;
  readonly text: string;
}

const { document, cases } = JSON.parse(readFileSync("tests/vectors/expressions.json", "utf8")) as {
  readonly document: TreeData;
  readonly cases: readonly Case[];
};

for (const { about, expression, tree, text: wanted } of cases) {
  test(`${about}: ${expression} gives ${JSON.stringify(wanted)}`, () => {
    assert.equal(text(tree, document), wanted);
  });
}
