/**
 * Small definitions for tests, written by node path instead of index: `$("/data/a")` in an
 * expression names a node. Order and readers are worked out here as the compiler does it.
 */
import type {
  Action,
  Choices,
  Definition,
  Element,
  Expr,
  Facet,
  Instance,
  Node,
} from "../../../../pwa/forms/engine/index.ts";
import { type Form, needsRare, type Opening, open } from "../../../../pwa/forms/engine/index.ts";
import { rare } from "../../../../pwa/forms/engine/rare.ts";

type Part = Partial<Omit<Node, "name" | "parent">> & {
  readonly as?: Element["as"];
  readonly choices?: Choices;
  readonly label?: Element["label"];
  readonly params?: Element["params"];
};

export interface Sample {
  readonly nodes: { readonly [path: string]: Part };
  readonly languages?: readonly string[];
  readonly instances?: { readonly [name: string]: Instance };
  readonly actions?: readonly (Omit<Action, "set" | "of" | "in"> & {
    readonly set: string;
    readonly of?: string;
    readonly in?: string;
  })[];
}

/** The nodes at a path, as the compiler resolves an absolute path. */
export const $ = (path: string, within?: string): Expr =>
  within === undefined ? ["$", path] : ["$", path, within];

const FACETS: readonly Facet[] = ["relevant", "calculate", "readonly", "required", "count"];

export function define(sample: Sample): Definition {
  const paths = ["/data", ...Object.keys(sample.nodes)];
  const indexOf = (path: string): number => {
    const index = paths.indexOf(path);
    if (index < 0) throw new Error(`no node ${path}`);
    return index;
  };
  const bound = <T>(value: T): T => bind(value, indexOf) as T;
  const nodes = paths.map((path): Node => {
    const {
      as: _as,
      choices: _choices,
      label: _label,
      params: _params,
      ...part
    } = sample.nodes[path] ?? {};
    const parent = path === "/data" ? -1 : indexOf(path.slice(0, path.lastIndexOf("/")));
    const kind = path === "/data" ? "root" : (part.kind ?? "value");
    return bound({ ...part, name: path.slice(path.lastIndexOf("/") + 1), parent, kind });
  });
  const { order, feeds } = ordering(nodes);
  return {
    hoso: 1,
    id: "sample",
    version: "1",
    title: "Mẫu",
    languages: sample.languages ?? ["vi"],
    nodes,
    body: bodyOf(sample, paths, nodes, 0, bound),
    instances: sample.instances ?? {},
    order,
    feeds,
    actions: (sample.actions ?? []).map((action) => ({
      ...bound(action),
      set: indexOf(action.set),
      ...(action.of ? { of: indexOf(action.of) } : {}),
      ...(action.in ? { in: indexOf(action.in) } : {}),
    })) as Action[],
  };
}

/** A sample form opened at noon of 22 November 2026 in Vietnam unless told otherwise. */
export function opened(sample: Sample, opening: Partial<Opening> = {}): Form {
  const definition = define(sample);
  return open(definition, {
    ...(needsRare(definition) ? { rare } : {}),
    clock: () => new Date("2026-11-22T05:00:00Z"),
    zone: "Asia/Ho_Chi_Minh",
    random: () => 0.5,
    ...opening,
  });
}

function bind(value: unknown, indexOf: (path: string) => number): unknown {
  if (Array.isArray(value)) {
    if (value[0] === "$") return ["$", ...value.slice(1).map((path) => indexOf(String(path)))];
    return value.map((part) => bind(part, indexOf));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, bind(part, indexOf)]));
}

function bodyOf(
  sample: Sample,
  paths: readonly string[],
  nodes: readonly Node[],
  parent: number,
  bound: <T>(value: T) => T,
): Element[] {
  return nodes.flatMap((node, at): Element[] => {
    if (node.parent !== parent) return [];
    const { as, choices, params, label = node.name } = sample.nodes[paths[at] as string] ?? {};
    const items = bodyOf(sample, paths, nodes, at, bound);
    const kind = as ?? (node.kind === "value" ? "input" : (node.kind as "group" | "repeat"));
    const more = { ...(choices ? { choices } : {}), ...(params ? { params } : {}) };
    return [{ ...bound({ as: kind, node: at, label, ...more }), items }];
  });
}

function targets(expr: unknown, found: Set<number>): Set<number> {
  if (!Array.isArray(expr)) return found;
  if (expr[0] === "$") found.add(expr[1] as number);
  else for (const part of expr) targets(part, found);
  return found;
}

function ordering(nodes: readonly Node[]): Pick<Definition, "order" | "feeds"> {
  const lineage = (at: number): number[] =>
    at < 0 ? [] : [at, ...lineage(nodes[at]?.parent ?? -1)];
  const order: [number, Facet][] = [];
  const feeds: number[][] = nodes.map(() => []);
  const done = new Set<string>();
  const visit = (at: number, facet: Facet): void => {
    const key = `${at} ${facet}`;
    const expr = nodes[at]?.[facet];
    if (expr === undefined || done.has(key)) return;
    done.add(key);
    const reads = [...targets(expr, new Set())].flatMap((target) =>
      nodes.flatMap((_, node) => (lineage(node).includes(target) ? [node] : [])),
    );
    for (const up of lineage(at)) if (up !== at || facet !== "relevant") visit(up, "relevant");
    for (const node of reads) {
      for (const up of lineage(node)) visit(up, "relevant");
      visit(node, "calculate");
    }
    const place = order.push([at, facet]) - 1;
    for (const node of new Set(reads)) feeds[node]?.push(place);
  };
  nodes.forEach((_, at) => {
    for (const facet of FACETS) visit(at, facet);
  });
  return { order, feeds };
}
