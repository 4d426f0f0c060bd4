/**
 * XPath's axes that forms seldom walk (XPath 1.0 §2.2).
 */
import { topOf, type XNode } from "./tree.ts";

/** By the name of an axis the nodes along it from a node, nearest first. */
export interface Axes {
  readonly [axis: string]: (node: XNode) => readonly XNode[];
}

export const axes: Axes = {
  descendant: (node) => below(node, []),
  "descendant-or-self": (node) => below(node, [node]),
  ancestor: (node) => above(node, []),
  "ancestor-or-self": (node) => above(node, [node]),
  "following-sibling": (node) => {
    const siblings = siblingsOf(node);
    return siblings.slice(siblings.indexOf(node) + 1);
  },
  "preceding-sibling": (node) => {
    const siblings = siblingsOf(node);
    return siblings.slice(0, Math.max(0, siblings.indexOf(node))).reverse();
  },
  following: (node) => beyond(node).after,
  preceding: (node) => beyond(node).before,
};

const siblingsOf = (node: XNode): readonly XNode[] =>
  node.kind === "attribute" ? [] : (node.up?.kids() ?? []);

function below(node: XNode, found: XNode[]): XNode[] {
  for (const kid of node.kids()) {
    found.push(kid);
    below(kid, found);
  }
  return found;
}

function above(node: XNode, found: XNode[]): XNode[] {
  for (let up = node.up; up; up = up.up) found.push(up);
  return found;
}

function beyond(node: XNode): { before: XNode[]; after: XNode[] } {
  const owner = node.kind === "attribute" ? (node.up as XNode) : node;
  const all = below(topOf(owner), []);
  const at = all.indexOf(owner);
  const inside = new Set(below(owner, []));
  const outside = new Set(above(owner, []));
  return {
    before: all
      .slice(0, Math.max(0, at))
      .filter((other) => !outside.has(other))
      .reverse(),
    after: all.slice(at + 1).filter((other) => node !== owner || !inside.has(other)),
  };
}
