/**
 * Which node of a new version stands for a node of the one before: the one at the same path, or, when
 * a question has moved, the only one of its name inside the same repeats. Pure.
 */
import type { Definition, Node } from "../engine/index.ts";

/** A definition with the paths of its nodes: names below the root, the root's own left out. */
export interface Atlas {
  readonly nodes: readonly Node[];
  readonly paths: readonly string[];
  /** The repeats around a node, the outermost first, itself last when it is one. */
  readonly repeats: readonly (readonly number[])[];
  readonly kids: readonly (readonly number[])[];
}

export function atlasOf({ nodes }: Pick<Definition, "nodes">): Atlas {
  const paths: string[] = [];
  const repeats: number[][] = [];
  const kids: number[][] = nodes.map(() => []);
  nodes.forEach((node, at) => {
    kids[node.parent]?.push(at);
    paths.push(node.parent < 0 ? "" : `${paths[node.parent]}/${node.name}`);
    const around = repeats[node.parent] ?? [];
    repeats.push(node.kind === "repeat" ? [...around, at] : around);
  });
  return { nodes, paths, repeats, kids };
}

/** For each node of the old version its place in the new one; -1 where there is none. */
export function pair(old: Atlas, fresh: Atlas): number[] {
  const atPath = new Map(fresh.paths.map((path, at) => [keyed(fresh, path, at), at]));
  const pairs = old.paths.map((path, at) => atPath.get(keyed(old, path, at)) ?? -1);
  const taken = new Set(pairs);
  const homeless = byName(old, (at) => pairs[at] === -1);
  const open = byName(fresh, (at) => !taken.has(at));
  for (const [name, [from, ...others]] of homeless) {
    const [to, ...rivals] = open.get(name) ?? [];
    // Where two bear the name nobody can tell which is meant.
    if (from !== undefined && to !== undefined && others.length + rivals.length === 0)
      pairs[from] = to;
  }
  return pairs;
}

/** The same path may have become a group: only nodes of one kind, inside the same repeats, are one. */
function keyed(atlas: Atlas, path: string, at: number): string {
  return `${atlas.nodes[at]?.kind} ${around(atlas, at)} ${path}`;
}

function around(atlas: Atlas, at: number): string {
  return (atlas.repeats[at] ?? []).map((one) => atlas.nodes[one]?.name).join("/");
}

function byName(atlas: Atlas, isWanted: (at: number) => boolean): Map<string, number[]> {
  const found = new Map<string, number[]>();
  atlas.nodes.forEach(({ kind, name }, at) => {
    if (kind === "root" || kind === "group" || !isWanted(at)) return;
    const key = `${kind} ${around(atlas, at)} ${name}`;
    found.set(key, [...(found.get(key) ?? []), at]);
  });
  return found;
}
