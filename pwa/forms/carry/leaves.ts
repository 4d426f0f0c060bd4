/**
 * The values of a draft one by one, each with its node and its places in the repeats around it, and
 * back from such places to nested values of another version. Pure.
 */
import type { Answers } from "../engine/index.ts";
import type { Atlas } from "./pairs.ts";

export interface Leaf {
  readonly node: number;
  /** Position from 0 in each repeat around it, the outermost first. */
  readonly places: readonly number[];
  readonly value: string;
}

/** An instance of a repeat; its own position is the last of `places`. */
export interface Entry {
  readonly node: number;
  readonly places: readonly number[];
}

export interface Contents {
  leaves: Leaf[];
  entries: Entry[];
  /** Repeats that are there without an instance. */
  bare: Entry[];
}

type Values = Map<string, string | Values | Values[]>;

/** Everything that is not empty, in the order of the form. */
export function contentsOf(atlas: Atlas, values: Answers): Contents {
  const found: Contents = { leaves: [], entries: [], bare: [] };
  const visit = (at: number, answers: Answers, places: readonly number[]): void => {
    // Entries, not properties: a question may be called `constructor`.
    const given = new Map(Object.entries(answers));
    for (const kid of atlas.kids[at] ?? []) {
      const inside = given.get(atlas.nodes[kid]?.name ?? "");
      if (typeof inside === "string") {
        if (inside !== "") found.leaves.push({ node: kid, places, value: inside });
      } else if (Array.isArray(inside)) {
        if (inside.length === 0) found.bare.push({ node: kid, places });
        (inside as readonly Answers[]).forEach((one, place) => {
          const here = [...places, place];
          found.entries.push({ node: kid, places: here });
          visit(kid, one, here);
        });
      } else if (inside) visit(kid, inside as Answers, places);
    }
  };
  visit(0, values, []);
  return found;
}

/** Nested values that grow leaf by leaf. */
export class Nest {
  private readonly root: Values = new Map();

  constructor(private readonly atlas: Atlas) {}

  get values(): Answers {
    return plain(this.root);
  }

  put({ node, places, value }: Leaf): void {
    this.holder(this.atlas.nodes[node]?.parent ?? 0, places).set(this.name(node), value);
  }

  /** An instance is there even when nothing in it is answered. */
  enter({ node, places }: Entry): void {
    this.holder(node, places);
  }

  empty({ node, places }: Entry): void {
    const around = this.holder(this.atlas.nodes[node]?.parent ?? 0, places);
    if (!around.has(this.name(node))) around.set(this.name(node), []);
  }

  private name(node: number): string {
    return this.atlas.nodes[node]?.name ?? "";
  }

  private holder(node: number, places: readonly number[]): Values {
    const def = this.atlas.nodes[node];
    if (!def || def.parent < 0) return this.root;
    const depth = (this.atlas.repeats[node] ?? []).length;
    const around = this.holder(def.parent, places);
    if (!around.has(def.name)) around.set(def.name, def.kind === "repeat" ? [] : new Map());
    if (def.kind !== "repeat") return around.get(def.name) as Values;
    const entries = around.get(def.name) as Values[];
    const place = places[depth - 1] ?? 0;
    while (entries.length <= place) entries.push(new Map());
    return entries[place] as Values;
  }
}

function plain(values: Values): Answers {
  const told = (value: string | Values | Values[]): Answers[string] =>
    typeof value === "string" ? value : Array.isArray(value) ? value.map(plain) : plain(value);
  return Object.fromEntries(Array.from(values, ([name, value]) => [name, told(value)]));
}

/** `/data/member[2]/name`, as the engine writes it. */
export function refOf(atlas: Atlas, node: number, places: readonly number[]): string {
  const def = atlas.nodes[node];
  if (!def) return "";
  const depth = (atlas.repeats[node] ?? []).length;
  const step = def.kind === "repeat" ? `[${(places[depth - 1] ?? 0) + 1}]` : "";
  return `${refOf(atlas, def.parent, places)}/${def.name}${step}`;
}
