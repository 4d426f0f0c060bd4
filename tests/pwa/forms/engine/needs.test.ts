import assert from "node:assert/strict";
import { test } from "node:test";
import type { Expr } from "../../../../pwa/forms/engine/definition.ts";
import { functions } from "../../../../pwa/forms/engine/functions.ts";
import { needsRare, open } from "../../../../pwa/forms/engine/index.ts";
import { RARE } from "../../../../pwa/forms/engine/needs.ts";
import { rare } from "../../../../pwa/forms/engine/rare.ts";
import { define } from "./sample.ts";

const form = (calculate: Expr) => define({ nodes: { "/data/a": { calculate } } });

test("what is rare is told by name, and nothing else is", () => {
  for (const name of [...Object.keys(rare.functions), ...Object.keys(rare.axes)])
    assert.ok(RARE.test(JSON.stringify([name])), name);
  for (const name of [...Object.keys(functions), "child", "self", "parent", "attribute"])
    assert.ok(!RARE.test(JSON.stringify([name])), name);
  assert.deepEqual(
    Object.keys(rare.functions).filter((name) => name in functions),
    [],
  );
});

test("a form that calls nothing rare does without, and one that does says so wherever it calls", () => {
  assert.equal(needsRare(form(["concat", "sqrt", "a"])), false);
  assert.equal(needsRare(form(["concat", ["sqrt", 4], "a"])), true);
  assert.equal(needsRare(form(["path", ".", ["parent", "*"], ["following-sibling", "*"]])), true);
  const plain = form(["concat", "a", "b"]);
  const input = { as: "input", node: 1 } as const;
  const label = ["Seed: ", { x: ["random"] as const }] as const;
  assert.equal(needsRare({ ...plain, body: [{ ...input, label }] }), true);
  const choices = { in: "goods", value: "name", label: "label", randomize: true } as const;
  assert.equal(needsRare({ ...plain, body: [{ ...input, choices }] }), true);
});

test("names of columns and words in lists are no calls", () => {
  const values = [["area"], [{ vi: "Diện tích", en: "log" }]];
  const instances = { list: { columns: ["name", "label"], values } };
  assert.equal(needsRare({ ...form(["true"]), instances }), false);
  const spoken = [["area"], [["Diện tích ", { x: ["area", "0 0"] as const }]]];
  const said = { list: { columns: ["name", "label"], values: spoken } };
  assert.equal(needsRare({ ...form(["true"]), instances: said }), true);
});

test("words of a label that look like a call are none", () => {
  const label = 'Ghi ["area", "log"]';
  const body = [{ as: "input", node: 1, label } as const];
  assert.equal(needsRare({ ...form(["true"]), body }), false);
});

test("what is rare computes in a form that was given it", () => {
  const opened = open(form(["pow", 2, 10]), { clock: () => new Date(0), rare });
  assert.equal(opened.root.slots[0]?.[0]?.text(), "1024");
});
