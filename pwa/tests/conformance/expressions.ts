/**
 * Evaluates one recorded expression on its document with the engine's evaluator, and names the
 * result as the grader wants it.
 */
import { zoneOf } from "../../forms/engine/dates.ts";
import type { Expr } from "../../forms/engine/definition.ts";
import { evaluate, type World } from "../../forms/engine/evaluate.ts";
import { functions } from "../../forms/engine/functions.ts";
import { rare } from "../../forms/engine/rare.ts";
import { type NodeKind, TreeNode, type XNode } from "../../forms/engine/tree.ts";
import {
  isNodes,
  Moment,
  toBoolean,
  toNumber,
  toText,
  type Value,
} from "../../forms/engine/values.ts";

type Encoded = readonly [
  kind: NodeKind,
  name: string,
  uri: string,
  text: string,
  attributes: readonly Encoded[],
  kids: readonly Encoded[],
];

export interface Case {
  readonly expression: string;
  readonly context: string | null;
  readonly root: string | null;
  readonly result: "string" | "number" | "boolean" | "any" | "nodes";
  readonly tz: string;
  readonly now: string | null;
  readonly ns: { readonly [prefix: string]: string | null };
  readonly lang: string | null;
}

export interface Compiled {
  readonly tree: Expr;
  readonly document: Encoded | null;
}

export function evaluateCase(one: Case, { tree, document }: Compiled): object {
  const top = document ? decode(document, null, one) : new TreeNode("document", "", null);
  const context = find(top, one.context ?? "/");
  if (!context) throw new Error(`no node ${one.context}`);
  const world = worldOf(one, top);
  const scope = { world, origin: context, node: context, position: 1, size: 1 };
  return shape(evaluate(tree, scope), one.result, world);
}

/** The engine knows names as they are written; a prefix of the case stands for its namespace. */
function decode(node: Encoded, up: TreeNode | null, one: Case): TreeNode {
  const [kind, name, uri, text, attributes, kids] = node;
  const bound = Object.entries(one.ns).find(([, space]) => space === uri && uri !== "");
  const made = new TreeNode(
    kind,
    bound ? `${bound[0]}:${name.replace(/^.*:/, "")}` : name,
    up,
    text,
  );
  Object.assign(made, { uri });
  for (const attribute of attributes) decode(attribute, made, one);
  for (const kid of kids) decode(kid, made, one);
  return made;
}

function find(top: XNode, path: string): XNode | undefined {
  const [steps, attribute] = path.split("@") as [string, string?];
  let node: XNode | undefined = top;
  for (const step of steps.split("/").filter(Boolean)) node = node?.kids()[Number(step)];
  if (attribute === undefined || !node) return node;
  const [, uri, local] = /^\{(.*)\}(.*)$/.exec(attribute) ?? [];
  return node
    .attributes()
    .find((one) => local === one.name.replace(/^.*:/, "") && (one.uri ?? "") === uri);
}

function pathOf(node: XNode): string {
  if (!node.up) return "/";
  if (node.kind === "attribute")
    return `${pathOf(node.up)}@{${node.uri}}${node.name.replace(/^.*:/, "")}`;
  return `${node.up.up ? pathOf(node.up) : ""}/${node.up.kids().indexOf(node)}`;
}

function worldOf(one: Case, document: XNode): World {
  const now = one.now ? Date.parse(one.now) : Date.now();
  const instances = below(document).filter((node) => /(^|:)instance$/.test(node.name));
  return {
    functions: { ...functions, ...rare.functions },
    axes: rare.axes,
    zone: zoneOf(one.tz),
    top: (one.root && find(document, one.root)) || document,
    now: () => now,
    random: Math.random,
    nodes: () => [],
    inside: () => [],
    instance: (id) =>
      instances.find((node) =>
        node.attributes().some((at) => at.name === "id" && at.text() === id),
      ),
    lookup: () => [],
    choiceName: () => "",
    say: (text) => {
      const wordings = text as { readonly [language: string]: string };
      return wordings[one.lang ?? ""] ?? Object.values(wordings)[0] ?? "";
    },
  };
}

const below = (node: XNode): XNode[] =>
  node.kids().reduce<XNode[]>((all, kid) => all.concat(kid, below(kid)), []);

function shape(value: Value, result: Case["result"], { zone }: World): object {
  if (result === "nodes" || (result === "any" && isNodes(value))) {
    if (!isNodes(value)) throw new Error("not nodes");
    return { type: "nodes", value: value.map(pathOf) };
  }
  const type = result === "any" ? (value instanceof Moment ? "string" : typeof value) : result;
  if (type === "number") return { type, value: writable(toNumber(value, zone)) };
  return { type, value: type === "boolean" ? toBoolean(value) : toText(value) };
}

const writable = (number: number): number | string => {
  if (Object.is(number, -0)) return "-0";
  return Number.isFinite(number) ? number : String(number);
};
