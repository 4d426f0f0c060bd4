/**
 * The function `indexed-repeat`, for expressions that the compiler did not turn into a path.
 */
import type { Expr } from "./definition.ts";
import type { Call } from "./evaluate.ts";
import type { XNode } from "./tree.ts";

/**
 * indexed-repeat(target, repeat, number, inner repeat, number, …): the target inside the numbered
 * instance. Pairs may come in any order; an instance number that leads nowhere gives no nodes.
 */
export function indexedRepeat(call: Call): readonly XNode[] {
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
