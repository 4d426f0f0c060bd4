/**
 * Location paths: node tests and predicates over `XNode` (XPath 1.0 §2). Forms seldom need more
 * than child steps; the axes that authors may write beside them are in axes.ts.
 */

import type { Axes } from "./axes.ts";
import type { Expr } from "./definition.ts";
import { inDocumentOrder, type XNode } from "./tree.ts";

/** The nodes that a predicate keeps, of some in the order in which positions count. */
export type Sift = (nodes: readonly XNode[], predicate: Expr) => readonly XNode[];

const REVERSE = /^(ancestor|preceding)/;
/** Steps that keep document order when taken from each node in turn. */
const LEVEL = new Set(["child", "self", "attribute"]);

/** The nodes that the steps lead to, in document order. */
export function follow(
  start: readonly XNode[],
  steps: readonly Expr[],
  sift: Sift,
  axes: Axes,
): readonly XNode[] {
  let nodes = start;
  let isLevel = start.length < 2;
  for (const step of steps) {
    const [axis, test, ...predicates] = step as [string, string, ...Expr[]];
    const found: XNode[] = [];
    for (const node of nodes) {
      let kept: readonly XNode[] = along(axis, node, axes).filter((other) =>
        passes(test, other, axis),
      );
      for (const predicate of predicates) kept = sift(kept, predicate);
      found.push(...kept);
    }
    if (!LEVEL.has(axis)) isLevel = false;
    // One node may be reached twice, and out of order, once an axis has left the level.
    const isSorted = nodes.length < 2 ? !REVERSE.test(axis) : isLevel;
    nodes = isSorted ? found : inDocumentOrder(found);
  }
  return nodes;
}

function passes(test: string, node: XNode, axis: string): boolean {
  switch (test) {
    case "node()":
      return true;
    case "text()":
      return node.kind === "text";
    case "comment()":
      return node.kind === "comment";
  }
  if (test.startsWith("processing-instruction(")) return node.kind === "instruction";
  if (node.kind !== (axis === "attribute" ? "attribute" : "element")) return false;
  if (test === "*" || test === node.name) return true;
  return test.endsWith(":*") && node.name.startsWith(test.slice(0, -1));
}

/** The nodes along an axis, nearest first. */
function along(axis: string, node: XNode, axes: Axes): readonly XNode[] {
  switch (axis) {
    case "child":
      return node.kids();
    case "self":
      return [node];
    case "parent":
      return node.up ? [node.up] : [];
    case "attribute":
      return node.attributes();
  }
  const walk = axes[axis];
  if (!walk) throw new Error(`no axis ${axis}`);
  return walk(node);
}
