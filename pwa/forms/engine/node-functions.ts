/**
 * Functions on nodes: counting, positions, other instances, labels of choices.
 */
import type { Expr } from "./definition.ts";
import type { Call } from "./evaluate.ts";
import type { Functions } from "./functions.ts";

export const nodeFunctions: Functions = {
  count: (call) => call.nodes(0).length,
  "count-non-empty": (call) => call.nodes(0).filter((node) => node.text() !== "").length,
  last: (call) => call.scope.size,
  position,
  current: (call) => [call.scope.origin ?? call.scope.node],
  instance: (call) => {
    const found = call.scope.world.instance(call.text(0));
    return found ? [found] : [];
  },
  once: (call) => (call.scope.origin ?? call.scope.node).text() || call.text(0),
  "jr:choice-name": (call) =>
    call.scope.world.choiceName(call.text(0), call.args[1] as Expr, call.scope),
};

/** The context position, or the place of a node among its like-named neighbours. */
function position(call: Call): number {
  if (!call.count) return call.scope.position;
  const nodes = call.nodes(0);
  const node = nodes[0];
  if (!node) return Number.NaN;
  if (nodes.length > 1) throw new Error("position needs one node");
  if (node.peers) return node.peers.indexOf(node) + 1;
  const siblings = (node.up?.kids() ?? []).filter((kid) => kid.kind === "element");
  let at = siblings.indexOf(node);
  let place = 1;
  while (at > 0 && siblings[--at]?.name === node.name) place++;
  return place;
}
