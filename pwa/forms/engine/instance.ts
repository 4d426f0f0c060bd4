/**
 * The primary instance: the answers of one form as a tree of items, one for each group, repeat
 * instance and value. An item is an `XNode`; what expressions read of it is blank while it is not
 * relevant (ODK Web Forms), though its own text is kept for when it becomes relevant again.
 */
import type { Answers, Definition, Node } from "./definition.ts";
import { contentOf, type XNode } from "./tree.ts";

/** The definition's nodes with what the tree needs to know of each, worked out once. */
export interface Plan {
  readonly nodes: readonly Node[];
  readonly kids: readonly (readonly number[])[];
  /** For each node its ancestors from the root down, itself last. */
  readonly chain: readonly (readonly number[])[];
  /** For each node its place among its parent's kids. */
  readonly place: readonly number[];
}

export function planOf({ nodes }: Definition): Plan {
  const kids: number[][] = nodes.map(() => []);
  const chain: number[][] = [];
  const place: number[] = [];
  nodes.forEach(({ parent }, at) => {
    chain.push([...(chain[parent] ?? []), at]);
    place.push(parent < 0 ? 0 : (kids[parent] as number[]).push(at) - 1);
  });
  return { nodes, kids, chain, place };
}

export class Item implements XNode {
  readonly kind = "element";
  readonly def: Node;
  /** For each kid of the node its items: one, or as many as a repeat has. */
  readonly slots: Item[][];
  /** What was answered, computed or given; kept while not relevant. */
  value: string;
  /** The part of a selection that is still offered; undefined when all of it is. */
  offered: string | undefined;
  /** The node's own facets, then what they and the ancestors' amount to. */
  ownRelevant = true;
  ownReadonly = false;
  relevant = true;
  readonly = false;
  required = false;
  /** The form's `shape` when something at the item or inside it last made it another. */
  shape = 0;
  /** No longer part of the form. */
  isGone = false;

  constructor(
    readonly plan: Plan,
    readonly node: number,
    readonly up: Item | null,
  ) {
    this.def = plan.nodes[node] as Node;
    this.value = this.def.value ?? "";
    this.slots = (plan.kids[node] as readonly number[]).map(() => []);
    if (up) {
      this.relevant = up.relevant;
      this.readonly = up.readonly;
    }
  }

  get name(): string {
    return this.def.name;
  }

  kids(): readonly XNode[] {
    if (this.def.kind !== "value")
      return this.slots.reduce<Item[]>((all, slot) => all.concat(slot), []);
    return this.text() ? [textNode(this)] : [];
  }

  attributes(): readonly XNode[] {
    return [];
  }

  text(): string {
    if (this.def.kind !== "value") return contentOf(this);
    return this.relevant ? (this.offered ?? this.value) : "";
  }

  /** The items beside it that stand for the same node, itself among them. */
  get peers(): Item[] {
    return this.up ? (this.up.slots[this.plan.place[this.node] as number] as Item[]) : [this];
  }

  get ref(): string {
    const step = this.def.kind === "repeat" ? `[${this.peers.indexOf(this) + 1}]` : "";
    return `${this.up?.ref ?? ""}/${this.name}${step}`;
  }
}

const textNode = (of: Item): XNode => ({
  kind: "text",
  name: "",
  up: of,
  kids: () => [],
  attributes: () => [],
  text: () => of.text(),
});

/**
 * A new item with all that belongs inside it. `answers` takes the place of the values a new form
 * starts with; with `isWhole` what it leaves out is empty, otherwise it keeps its start value.
 */
export function grow(
  plan: Plan,
  node: number,
  up: Item | null,
  answers: Answers | string | undefined,
  isWhole: boolean,
): Item {
  const item = new Item(plan, node, up);
  if (item.def.kind === "value") {
    if (typeof answers === "string") item.value = answers;
    else if (isWhole) item.value = "";
    return item;
  }
  const given = typeof answers === "object" ? answers : undefined;
  (plan.kids[node] as readonly number[]).forEach((kid, slot) => {
    const def = plan.nodes[kid] as Node;
    const inside = given?.[def.name];
    const items = item.slots[slot] as Item[];
    if (def.kind !== "repeat") {
      items.push(grow(plan, kid, item, inside as Answers | string | undefined, isWhole));
    } else if (Array.isArray(inside)) {
      for (const one of inside) items.push(grow(plan, kid, item, one, isWhole));
    } else if (!isWhole && !def.count) {
      for (const one of def.initial ?? [{}]) items.push(grow(plan, kid, item, one, false));
    }
  });
  return item;
}

/** The items of a node inside an item; the item itself when it is of that node. */
export function itemsInside(item: Item, node: number): Item[] {
  const { chain, place } = item.plan;
  const steps = chain[node] as readonly number[];
  const depth = steps.indexOf(item.node);
  if (depth < 0) return [];
  let items = [item];
  for (let at = depth + 1; at < steps.length; at++) {
    const slot = place[steps[at] as number] as number;
    items =
      items.length === 1
        ? ((items[0] as Item).slots[slot] as Item[])
        : items.flatMap((one) => one.slots[slot] as Item[]);
  }
  return items;
}

/** The item of a node among an item and its ancestors. */
export function itemAbove(item: Item | null, node: number): Item | undefined {
  for (let up = item; up; up = up.up) if (up.node === node) return up;
  return undefined;
}

/**
 * The instance of the nearest repeat that holds both the item and the node (the node's own repeat
 * does not hold it); the root when there is none.
 */
export function sharedHolder(item: Item, node: number): Item {
  const holders = item.plan.chain[node] as readonly number[];
  let up = item;
  while (up.up) {
    if (up.def.kind === "repeat" && up.node !== node && holders.includes(up.node)) return up;
    up = up.up;
  }
  return up;
}

/** The item that a reference such as `/data/member[2]/name` names. */
export function itemAt(root: Item, ref: string): Item | undefined {
  const [first, ...steps] = ref.split("/").filter(Boolean);
  if (first !== root.name) return undefined;
  return steps.reduce<Item | undefined>((item, step) => {
    // `name` or `name[2]`.
    const [name, position = "1"] = step.split(/[[\]]/);
    const slot = item?.plan.kids[item.node]?.findIndex(
      (kid) => item.plan.nodes[kid]?.name === name,
    );
    return item?.slots[slot ?? -1]?.[Number(position) - 1];
  }, root);
}

/** Every item, parents before their kids, in document order. */
export function eachItem(item: Item, visit: (item: Item) => void): void {
  visit(item);
  for (const slot of item.slots) for (const kid of slot) eachItem(kid, visit);
}
