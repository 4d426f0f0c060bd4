/**
 * Functions on nodes: counting, positions, other instances, repeats by number, labels of choices.
 */
import { seedOf, shuffle } from "./chance.ts";
import type { Expr } from "./definition.ts";
import type { Call } from "./evaluate.ts";
import type { Run } from "./functions.ts";
import type { XNode } from "./tree.ts";
import { toText } from "./values.ts";

export const nodeFunctions: { readonly [name: string]: Run } = {
  count: (call) => call.nodes(0).length,
  "count-non-empty": (call) => call.nodes(0).filter((node) => node.text() !== "").length,
  last: (call) => call.scope.size,
  position,
  name: (call) => nameOf(call),
  "local-name": (call) => nameOf(call).replace(/^.*:/, ""),
  "namespace-uri": (call) => call.nodes(0)[0]?.uri ?? "",
  current: (call) => [call.scope.origin ?? call.scope.node],
  instance: (call) => {
    const found = call.scope.world.instance(call.text(0));
    return found ? [found] : [];
  },
  "indexed-repeat": indexedRepeat,
  once: (call) => (call.scope.origin ?? call.scope.node).text() || call.text(0),
  pulldata: (call) =>
    toText(call.scope.world.lookup(call.text(0), call.text(2), call.text(3), call.text(1))),
  randomize: (call) =>
    shuffle(
      call.nodes(0),
      call.count > 1 ? seedOf(call.value(1), call.scope.world.zone) : call.scope.world.random,
    ),
  "jr:choice-name": (call) =>
    call.scope.world.choiceName(call.text(0), call.args[1] as Expr, call.scope),
};

const nameOf = (call: Call): string => call.nodes(0)[0]?.name ?? "";

/** The context position, or the place of a node among its like-named neighbours. */
function position(call: Call): number {
  if (!call.count) return call.scope.position;
  const nodes = call.nodes(0);
  const node = nodes[0];
  if (!node) return Number.NaN;
  if (nodes.length > 1) throw new Error("position needs one node");
  const siblings = (node.up?.kids() ?? []).filter((kid) => kid.kind === "element");
  let at = siblings.indexOf(node);
  let place = 1;
  while (at > 0 && siblings[--at]?.name === node.name) place++;
  return place;
}

/**
 * indexed-repeat(target, repeat, number, inner repeat, number, …): the target inside the numbered
 * instance. Pairs may come in any order; an instance number that leads nowhere gives no nodes.
 */
function indexedRepeat(call: Call): readonly XNode[] {
  const pairs: { repeat: Expr; nodes: readonly XNode[]; number: number }[] = [];
  for (let at = 1; at + 1 < call.count; at += 2) {
    pairs.push({
      repeat: call.args[at] as Expr,
      nodes: call.nodes(at),
      number: call.number(at + 1),
    });
  }
  pairs.sort((a, b) => depth(a.nodes[0]) - depth(b.nodes[0]));
  let holder: XNode | undefined;
  for (const { repeat, nodes, number } of pairs) {
    holder = inside(call, repeat, nodes, holder)[number - 1];
    if (!holder) return [];
  }
  return inside(call, call.args[0] as Expr, undefined, holder);
}

/** What an argument names inside the holder, wherever the expression itself stands. */
function inside(
  call: Call,
  expr: Expr,
  known: readonly XNode[] | undefined,
  holder: XNode | undefined,
): readonly XNode[] {
  if (holder && typeof expr === "object" && expr[0] === "$") {
    return call.scope.world.inside(expr[1] as number, holder);
  }
  const nodes = known ?? call.nodes(0);
  return holder ? nodes.filter((node) => isInside(node, holder)) : nodes;
}

function isInside(node: XNode, holder: XNode): boolean {
  for (let up = node.up; up; up = up.up) if (up === holder) return true;
  return false;
}

function depth(node: XNode | undefined): number {
  let steps = 0;
  for (let up = node?.up; up; up = up.up) steps++;
  return steps;
}
