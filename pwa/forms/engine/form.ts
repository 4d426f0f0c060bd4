/**
 * A form being filled: the definition, its instance and lists, and the surroundings that its
 * expressions see. State only; open.ts makes one, change.ts changes it, settle.ts keeps its
 * computed facets true.
 */
import type { Axes } from "./axes.ts";
import { choiceLabel } from "./choices.ts";
import { type Zone, zoneOf } from "./dates.ts";
import type { Definition, Element, Expr, Instance, Text } from "./definition.ts";
import { evaluate, type Scope, type World } from "./evaluate.ts";
import { type Functions, functions } from "./functions.ts";
import { Item, itemAbove, itemsInside, type Plan, planOf, sharedHolder } from "./instance.ts";
import { List, type ListSource } from "./lists.ts";
import type { Rare } from "./rare.ts";
import type { Readers } from "./readers.ts";
import { say } from "./text.ts";
import type { XNode } from "./tree.ts";
import { toBoolean, toText, type Value } from "./values.ts";
import type { Sight } from "./view.ts";

export interface Surroundings {
  /** What rare.ts gives; a form that `needsRare` computes wrongly without. */
  readonly rare?: Rare | undefined;
  readonly resources?: { readonly [digest: string]: Instance };
  readonly clock: () => Date;
  readonly zone?: string;
  readonly random?: () => number;
  readonly language?: string;
}

const NOTHING: XNode = {
  kind: "document",
  name: "",
  up: null,
  kids: () => [],
  attributes: () => [],
  text: () => "",
};

export class Form implements World {
  readonly functions: Functions;
  readonly axes: Axes;
  readonly plan: Plan;
  readonly zone: Zone;
  readonly random: () => number;
  readonly elements = new Map<number, Element>();
  /** Seed of the choices that come in random order without one of their own. */
  readonly chance: number;
  language: string;
  /** Counts on whenever what is visible, required, read-only or repeated changes. */
  shape = 0;
  /** How an item was last seen: good until its shape changes. */
  readonly sights = new WeakMap<Item, Sight>();
  /** Elements that show something from outside their own node: their item's shape does not tell. */
  readonly loose = new Set<Element>();
  /** Who reads whom; with `root` set by open.ts before anything is asked of the form. */
  readers!: Readers;
  root!: Item;
  private readonly sources = new Map<string, ListSource>();
  private readonly lists = new Map<string, List>();
  private moment: number | undefined;

  constructor(
    readonly definition: Definition,
    private readonly around: Surroundings,
  ) {
    this.functions = { ...functions, ...around.rare?.functions };
    this.axes = around.rare?.axes ?? {};
    this.plan = planOf(definition);
    this.zone = zoneOf(around.zone);
    this.random = around.random ?? Math.random;
    this.chance = Math.floor(this.random() * 2147483646);
    this.language = around.language ?? definition.languages[0] ?? "";
    this.collect(definition.body, 0);
    for (const [name, instance] of Object.entries(definition.instances)) {
      const source = "resource" in instance ? around.resources?.[instance.resource] : instance;
      // Without its list a question would lose its answer, so such a form does not open.
      if (!source || "resource" in source) throw new RangeError(`the list ${name} is missing`);
      this.sources.set(name, source);
    }
  }

  /** @returns whether all that the elements show lies inside the node `around` */
  private collect(elements: readonly Element[], around: number): boolean {
    let areInside = true;
    for (const element of elements) {
      const { node = around, items = [] } = element;
      // Where a group and its repeat share a node the inner one speaks for it.
      if (element.node !== undefined) this.elements.set(node, element);
      const holdsAll = this.collect(items, node);
      if (!holdsAll) this.loose.add(element);
      areInside = areInside && holdsAll && (this.plan.chain[node]?.includes(around) ?? false);
    }
    return areInside;
  }

  /** The form's shape changed at an item, and so for whatever holds it. */
  reshape(item: Item): void {
    this.shape++;
    for (let up: Item | null = item; up; up = up.up) up.shape = this.shape;
  }

  /** The values in an order that the seed decides. */
  shuffled<T>(values: readonly T[], seed: Value): readonly T[] {
    return this.around.rare?.shuffled(values, seed, this.zone) ?? values;
  }

  /** Indexes of lists hold words of the language; drop them when it changes. */
  forgetWords(): void {
    this.lists.clear();
  }

  /** The document above the root, where absolute paths start. */
  get top(): XNode {
    return { ...NOTHING, kids: () => [this.root] };
  }

  /** Let the clock be read again: now and today stand still within one pass only. */
  startPass(): void {
    this.moment = undefined;
  }

  now(): number {
    this.moment ??= this.around.clock().getTime();
    return this.moment;
  }

  /** Whether anything in the last pass asked for the time. */
  get hasReadClock(): boolean {
    return this.moment !== undefined;
  }

  nodes(target: number, origin: XNode | null, within?: number): readonly Item[] {
    const from = origin instanceof Item ? origin : this.root;
    if (within === undefined) return itemsInside(sharedHolder(from, target), target);
    const holder = itemAbove(from, within);
    return holder ? itemsInside(holder, target) : [];
  }

  inside(target: number, node: XNode): readonly Item[] {
    return node instanceof Item ? itemsInside(node, target) : [];
  }

  list(name: string): List | undefined {
    const source = this.sources.get(name);
    let list = this.lists.get(name);
    if (source && !list) {
      list = new List(source, (text) => this.say(text));
      this.lists.set(name, list);
    }
    return list;
  }

  instance(name: string): XNode | undefined {
    return this.list(name)?.document();
  }

  lookup(instance: string, column: string, key: string, out: string): readonly XNode[] {
    return this.list(instance)?.cells(column, key, out) ?? [];
  }

  choiceName(value: string, question: Expr, scope: Scope): string {
    return choiceLabel(this, value, question, scope);
  }

  say(text: Text): string {
    return say(this, text, this.root);
  }

  /** What surrounds an expression of an item; `node` where that is another than the item. */
  scope(origin: Item, node: XNode = origin): Scope {
    return { world: this, origin, node, position: 1, size: 1 };
  }

  /** The value of an expression of an item; an expression that fails has none. */
  value(expr: Expr, origin: Item, node?: XNode): Value | undefined {
    try {
      return evaluate(expr, this.scope(origin, node));
    } catch {
      return undefined;
    }
  }

  text(expr: Expr, origin: Item): string {
    return toText(this.value(expr, origin) ?? "");
  }

  /** Whether a condition holds; `otherwise` when it cannot be told. */
  holds(expr: Expr, origin: Item, otherwise: boolean): boolean {
    const value = this.value(expr, origin);
    return value === undefined ? otherwise : toBoolean(value);
  }
}
