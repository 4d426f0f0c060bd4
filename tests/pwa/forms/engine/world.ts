/** A bare world for expressions that need no form: a small document, a fixed clock. */
import { zoneOf } from "../../../../pwa/forms/engine/dates.ts";
import type { Expr, TreeData } from "../../../../pwa/forms/engine/definition.ts";
import { evaluate, type World } from "../../../../pwa/forms/engine/evaluate.ts";
import { functions } from "../../../../pwa/forms/engine/functions.ts";
import { rare } from "../../../../pwa/forms/engine/rare.ts";
import { treeDocument, type XNode } from "../../../../pwa/forms/engine/tree.ts";
import { isNodes, toText, type Value } from "../../../../pwa/forms/engine/values.ts";

/** The value of an expression on a document, with its root element as the context node. */
export function run(expr: Expr, data: TreeData = ["root", null, []], random = () => 0.5): Value {
  const top = treeDocument(data);
  const node = top.kids()[0] as XNode;
  const world: World = {
    functions: { ...functions, ...rare.functions },
    axes: rare.axes,
    zone: zoneOf("Asia/Ho_Chi_Minh"),
    top,
    now: () => Date.UTC(2026, 10, 22, 5),
    random,
    nodes: () => [],
    inside: () => [],
    instance: () => undefined,
    lookup: () => [],
    choiceName: () => "",
    say: (text) => String(text),
  };
  return evaluate(expr, { world, origin: node, node, position: 1, size: 1 });
}

export const text = (expr: Expr, data?: TreeData): string => toText(run(expr, data));

/** Texts of the nodes that an expression gives. */
export function texts(expr: Expr, data: TreeData): string[] {
  const value = run(expr, data);
  return isNodes(value) ? value.map((node) => node.text()) : [`not nodes: ${toText(value)}`];
}
