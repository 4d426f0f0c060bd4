/**
 * Keeps computed facets true. A change marks the facets that read what changed; one walk over
 * `order` then brings each up to date after all that it reads. Repeat counts, choices that are
 * offered no longer and `xforms-value-changed` actions follow, and the walk goes on until nothing
 * moves.
 */
import { stillOffered } from "./choices.ts";
import type { Action, Expr, Facet } from "./definition.ts";
import type { Form } from "./form.ts";
import { eachItem, grow, Item, itemsInside, sharedHolder } from "./instance.ts";
import { normal } from "./lexical.ts";
import { toNumber } from "./values.ts";

/** A form whose computations chase each other is left as it stands after so many rounds. */
const ROUNDS = 40;
const FACETS: readonly Facet[] = ["calculate", "relevant", "readonly", "required"];

/** What the definition says about who reads whom, worked out once when a form opens. */
export interface Readers {
  readonly places: ReadonlyMap<string, number>;
  /** For each place in `order` whether an item outside the nearest shared repeat may be read. */
  readonly isWide: readonly boolean[];
  /** For each node the select nodes whose choices depend on it. */
  readonly selects: ReadonlyMap<number, readonly number[]>;
  readonly counted: readonly number[];
  readonly changeActions: ReadonlyMap<number, readonly Action[]>;
}

export function readersOf(form: Form): Readers {
  const { order, nodes, actions } = form.definition;
  const selects = new Map<number, number[]>();
  for (const [node, { choices }] of form.elements) {
    if (!choices) continue;
    const reads = new Set([node]);
    if ("in" in choices) {
      for (const expr of [...(choices.where ?? []).map(([, key]) => key), choices.filter]) {
        eachTarget(expr, (target) => reads.add(target));
      }
    } else if ("from" in choices) {
      eachTarget(choices.from, (target) => {
        form.plan.chain.forEach((steps, inside) => steps.includes(target) && reads.add(inside));
      });
    }
    for (const read of reads) push(selects, read, node);
  }
  const changeActions = new Map<number, Action[]>();
  for (const action of actions) if (action.of !== undefined) push(changeActions, action.of, action);
  return {
    places: new Map(order.map(([node, facet], place) => [`${node} ${facet}`, place])),
    isWide: order.map(([node, facet]) => isWide(nodes[node]?.[facet])),
    selects,
    counted: nodes.flatMap((node, at) => (node.count === undefined ? [] : [at])),
    changeActions,
  };
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Calls back for every form node that an expression names. */
function eachTarget(expr: Expr | undefined, visit: (node: number) => void): void {
  if (typeof expr !== "object") return;
  if (expr[0] === "$") visit(expr[1] as number);
  else for (const part of expr) eachTarget(part, visit);
}

/** Plain `$` reads stay within the nearest shared repeat; anything else may look elsewhere. */
function isWide(expr: Expr | undefined): boolean {
  if (typeof expr !== "object") return false;
  if (expr[0] === "$") return expr.length > 2;
  if (expr[0] === "path" || expr[0] === "indexed-repeat") return true;
  return expr.some(isWide);
}

export class Pass {
  /** Items whose value, relevance, readonly or required changed. */
  readonly changed = new Set<Item>();
  private readonly dirty = new Map<number, Set<Item>>();
  private readonly selects = new Set<Item>();
  /** Items that others watch, with what they read before the pass. */
  private readonly watched = new Map<Item, string>();
  private readonly fresh = new Set<Item>();
  private added: Item[] = [];
  private isStructureTouched = false;
  private readonly readers: Readers;

  constructor(private readonly form: Form) {
    this.readers = form.readers;
    form.startPass();
  }

  setValue(item: Item, value: string): void {
    if (item.value === value) return;
    this.watch(item);
    item.value = value;
    this.touch(item);
  }

  /**
   * Every facet of an item and all inside it is to be computed for the first time; `isKept` names
   * calculations whose value stays as it is when there is one.
   */
  begin(top: Item, isKept?: (expr: Expr) => boolean): void {
    eachItem(top, (item) => {
      this.fresh.add(item);
      this.changed.add(item);
      for (const facet of FACETS) {
        const expr = item.def[facet];
        if (expr === undefined) continue;
        if (facet !== "calculate" || !item.value || !isKept?.(expr)) this.mark(item, facet);
      }
      if (this.form.elements.get(item.node)?.choices) this.selects.add(item);
    });
    this.isStructureTouched = true;
  }

  /** A new instance at the end of a repeat. */
  add(repeat: number, holder: Item): Item {
    const item = grow(this.form.plan, repeat, holder, undefined, false);
    item.peers.push(item);
    this.begin(item);
    this.restructure(repeat);
    this.added.push(item);
    this.changed.add(holder);
    return item;
  }

  remove(item: Item): void {
    item.peers.splice(item.peers.indexOf(item), 1);
    eachItem(item, (inside) => {
      inside.isGone = true;
    });
    this.restructure(item.node);
    this.changed.add(item.up as Item);
  }

  /** A repeat instance came or went: whoever reads the repeat or anything inside it looks again. */
  private restructure(repeat: number): void {
    const { chain } = this.form.plan;
    chain.forEach((steps, node) => {
      if (!steps.includes(repeat)) return;
      for (const place of this.form.definition.feeds[node] ?? []) {
        for (const item of itemsInside(this.form.root, this.nodeAt(place))) this.markAt(place, item);
      }
      for (const select of this.readers.selects.get(node) ?? []) {
        for (const item of itemsInside(this.form.root, select)) this.selects.add(item);
      }
    });
    this.isStructureTouched = true;
  }

  /** Compute a facet of every item whose expression matches. */
  markWhere(test: (expr: Expr) => boolean): void {
    this.form.definition.order.forEach(([node, facet], place) => {
      if (!test(this.form.definition.nodes[node]?.[facet] as Expr)) return;
      for (const item of itemsInside(this.form.root, node)) this.markAt(place, item);
    });
  }

  run(): void {
    for (let round = 0; round < ROUNDS; round++) {
      this.sweep();
      this.recount();
      this.reoffer();
      if (!this.dirty.size) this.act();
      if (!this.dirty.size && !this.selects.size && !this.isStructureTouched) return;
    }
  }

  private nodeAt(place: number): number {
    return (this.form.definition.order[place] as readonly [number, Facet])[0];
  }

  private mark(item: Item, facet: Facet): void {
    const place = this.readers.places.get(`${item.node} ${facet}`);
    if (place !== undefined) this.markAt(place, item);
  }

  private markAt(place: number, item: Item): void {
    const items = this.dirty.get(place);
    if (items) items.add(item);
    else this.dirty.set(place, new Set([item]));
  }

  private watch(item: Item): void {
    if (this.fresh.has(item) || this.watched.has(item) || !this.readers.changeActions.has(item.node)) return;
    this.watched.set(item, item.text());
  }

  /** What others read of the item changed: mark those who read it. */
  private touch(item: Item): void {
    this.changed.add(item);
    for (const place of this.form.definition.feeds[item.node] ?? []) {
      const node = this.nodeAt(place);
      const within = this.readers.isWide[place] ? this.form.root : sharedHolder(item, node);
      for (const reader of itemsInside(within, node)) this.markAt(place, reader);
    }
    for (const node of this.readers.selects.get(item.node) ?? []) {
      for (const select of itemsInside(sharedHolder(item, node), node)) this.selects.add(select);
    }
  }

  /** Bring marked facets up to date, each after those it reads. */
  private sweep(): void {
    const { order } = this.form.definition;
    for (let turn = 0; turn < ROUNDS && this.dirty.size; turn++) {
      for (let place = 0; place < order.length && this.dirty.size; place++) {
        const items = this.dirty.get(place);
        if (!items) continue;
        this.dirty.delete(place);
        for (const item of items) if (!item.isGone) this.compute(item, (order[place] as [number, Facet])[1]);
      }
    }
    this.dirty.clear();
  }

  private compute(item: Item, facet: Facet): void {
    const expr = item.def[facet] as Expr;
    switch (facet) {
      case "calculate":
        if (item.relevant) this.setValue(item, normal(this.form.text(expr, item), item.def.type, this.form.zone));
        return;
      case "relevant":
        item.ownRelevant = this.form.holds(expr, item, true);
        return this.spreadRelevance(item);
      case "readonly":
        item.ownReadonly = this.form.holds(expr, item, false);
        return this.spreadReadonly(item);
      case "required": {
        const required = this.form.holds(expr, item, false);
        if (required !== item.required) this.changed.add(item);
        item.required = required;
      }
    }
  }

  private spreadRelevance(item: Item): void {
    const relevant = item.ownRelevant && (item.up?.relevant ?? true);
    if (relevant === item.relevant) return;
    this.watch(item);
    item.relevant = relevant;
    this.touch(item);
    if (relevant && item.def.calculate !== undefined) this.mark(item, "calculate");
    for (const slot of item.slots) for (const kid of slot) this.spreadRelevance(kid);
  }

  private spreadReadonly(item: Item): void {
    const readonly = item.ownReadonly || (item.up?.readonly ?? false);
    if (readonly === item.readonly) return;
    item.readonly = readonly;
    this.changed.add(item);
    for (const slot of item.slots) for (const kid of slot) this.spreadReadonly(kid);
  }

  /** Give counted repeats as many instances as their count says. */
  private recount(): void {
    this.isStructureTouched = false;
    for (const node of this.readers.counted) {
      const def = this.form.definition.nodes[node];
      for (const holder of itemsInside(this.form.root, def?.parent as number)) {
        const slot = holder.slots[this.form.plan.place[node] as number] as Item[];
        const count = toNumber(this.form.value(def?.count as Expr, holder) ?? 0, this.form.zone);
        const wanted = count > 0 ? Math.floor(count) : 0;
        while (slot.length > wanted) this.remove(slot[slot.length - 1] as Item);
        while (slot.length < wanted) this.add(node, holder);
      }
    }
  }

  /** Hide selected values that are no longer offered; they come back when they are again. */
  private reoffer(): void {
    const selects = [...this.selects];
    this.selects.clear();
    for (const item of selects) {
      const choices = this.form.elements.get(item.node)?.choices;
      if (item.isGone || !choices) continue;
      const still = stillOffered(this.form, choices, item, item.value);
      const offered = still === item.value ? undefined : still;
      if (offered === item.offered) continue;
      this.watch(item);
      item.offered = offered;
      this.touch(item);
      this.selects.delete(item);
    }
  }

  /** Actions of new repeat instances, then of values that changed. */
  private act(): void {
    const added = this.added;
    this.added = [];
    for (const item of added) {
      for (const action of this.form.definition.actions) {
        const isMeant = action.on.includes("odk-new-repeat") && (action.in ?? item.node) === item.node;
        if (isMeant) for (const target of itemsInside(item, action.set)) this.perform(action, target);
      }
    }
    const watched = [...this.watched];
    this.watched.clear();
    for (const [item, before] of watched) {
      if (item.isGone || item.text() === before) continue;
      for (const action of this.readers.changeActions.get(item.node) ?? []) {
        for (const target of itemsInside(sharedHolder(item, action.set), action.set)) this.perform(action, target);
      }
    }
  }

  perform(action: Action, target: Item): void {
    if (!target.relevant) return;
    this.setValue(target, normal(this.form.text(action.value, target), target.def.type, this.form.zone));
  }
}
