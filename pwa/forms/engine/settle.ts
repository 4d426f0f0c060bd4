/**
 * Keeps computed facets true. A change marks the facets that read what changed; one walk over
 * `order` then brings each up to date after all that it reads. Repeat counts, choices that are
 * offered no longer and `xforms-value-changed` actions follow, and the walk goes on until nothing
 * moves.
 */
import { stillOffered } from "./choices.ts";
import type { Action, Expr, Facet } from "./definition.ts";
import type { Form } from "./form.ts";
import { eachItem, grow, type Item, itemsInside, sharedHolder } from "./instance.ts";
import { normal } from "./lexical.ts";
import { type Readers, speaks } from "./readers.ts";
import { isNodes, toNumber } from "./values.ts";

/** A form whose computations chase each other is left as it stands after so many rounds. */
const ROUNDS = 100;
/** Instances that a count may ask for; the server holds the same. */
const MOST_INSTANCES = 2000;
const FACETS: readonly Facet[] = ["calculate", "relevant", "readonly", "required"];

export class Pass {
  /** Items whose value, relevance, readonly or required changed. */
  readonly changed = new Set<Item>();
  private readonly dirty = new Map<number, Set<Item>>();
  private readonly selects = new Set<Item>();
  /** Items that others watch, with what they read before the pass. */
  private readonly watched = new Map<Item, string>();
  private readonly fresh = new Set<Item>();
  private added: Item[] = [];
  private readonly readers: Readers;

  constructor(private readonly form: Form) {
    this.readers = form.readers;
    form.startPass();
  }

  setValue(item: Item, value: string): void {
    if (item.value === value) return;
    this.watch(item);
    const before = item.text();
    item.value = value;
    item.offered = undefined;
    this.changed.add(item);
    if (this.readers.selects.has(item.node)) this.reconsider(item);
    if (item.text() !== before) this.touch(item);
  }

  /**
   * Every facet of an item and all inside it is to be computed for the first time. For saved
   * answers `isKept` tells items whose calculation leaves their value as it is when there is one.
   */
  begin(top: Item, isKept?: (item: Item) => boolean): void {
    eachItem(top, (item) => {
      this.fresh.add(item);
      this.changed.add(item);
      if (!isKept && item.value) item.value = this.normal(item, item.value);
      for (const facet of FACETS) {
        const expr = item.def[facet];
        if (expr === undefined) continue;
        if (facet !== "calculate" || !item.value || !isKept?.(item)) this.mark(item, facet);
      }
      for (const kid of this.form.plan.kids[item.node] ?? []) this.mark(item, "count", kid);
      if (this.form.elements.get(item.node)?.choices) this.selects.add(item);
    });
  }

  /** A new instance at the end of a repeat. */
  add(repeat: number, holder: Item): Item {
    const item = grow(this.form.plan, repeat, holder, undefined, false);
    item.peers.push(item);
    this.begin(item);
    this.restructure(repeat, holder);
    this.added.push(item);
    this.changed.add(holder);
    return item;
  }

  remove(item: Item): void {
    const holder = item.up as Item;
    const moved = item.peers.splice(item.peers.indexOf(item));
    item.peers.push(...moved.slice(1));
    eachItem(item, (inside) => {
      inside.isGone = true;
    });
    this.restructure(item.node, holder);
    // Those that moved up have other references now.
    for (const one of moved) {
      eachItem(one, (inside) => {
        inside.shape = this.form.shape;
      });
    }
    this.changed.add(holder);
  }

  /** A repeat instance came or went: whoever reads the repeat or anything inside it looks again. */
  private restructure(repeat: number, holder: Item): void {
    this.form.reshape(holder);
    const { chain } = this.form.plan;
    chain.forEach((steps, node) => {
      if (!steps.includes(repeat)) return;
      for (const place of this.form.definition.feeds[node] ?? []) {
        const reader = this.nodeAt(place);
        // What reads only within one instance has nothing new to read.
        const isWithin = node !== repeat && chain[reader]?.includes(repeat);
        if (isWithin && !this.readers.isWide(place)) continue;
        for (const item of itemsInside(this.form.root, reader)) this.markAt(place, item);
      }
      for (const select of this.readers.selects.get(node) ?? []) {
        for (const item of itemsInside(this.form.root, select)) this.selects.add(item);
      }
    });
  }

  /** The language changed: what holds words in it is computed again. */
  respeak(): void {
    const { root, definition, elements } = this.form;
    definition.order.forEach(([node, facet], place) => {
      if (!speaks(definition.nodes[node]?.[facet] as Expr)) return;
      for (const item of itemsInside(root, this.nodeAt(place))) this.markAt(place, item);
    });
    for (const [node, { choices }] of elements) {
      if (choices && !("items" in choices))
        for (const item of itemsInside(root, node)) this.selects.add(item);
    }
  }

  run(): void {
    for (let round = 0; round < ROUNDS; round++) {
      this.sweep();
      this.reoffer();
      if (!this.dirty.size) this.act();
      // What an action set may have an action of its own.
      if (!this.dirty.size && !this.selects.size && !this.watched.size) return;
    }
  }

  /** The node whose items a place in `order` is computed for. */
  private nodeAt(place: number): number {
    const [node, facet] = this.form.definition.order[place] as readonly [number, Facet];
    return facet === "count" ? (this.form.plan.nodes[node]?.parent as number) : node;
  }

  private mark(item: Item, facet: Facet, node = item.node): void {
    const place = this.readers.places.get(`${node} ${facet}`);
    if (place !== undefined) this.markAt(place, item);
  }

  private markAt(place: number, item: Item): void {
    const items = this.dirty.get(place);
    if (items) items.add(item);
    else this.dirty.set(place, new Set([item]));
  }

  private watch(item: Item): void {
    if (
      this.fresh.has(item) ||
      this.watched.has(item) ||
      !this.readers.changeActions.has(item.node)
    )
      return;
    this.watched.set(item, item.text());
  }

  /** What others read of the item changed: mark those who read it. */
  private touch(item: Item): void {
    this.changed.add(item);
    for (const place of this.form.definition.feeds[item.node] ?? []) {
      const node = this.nodeAt(place);
      const within = this.readers.isWide(place) ? this.form.root : sharedHolder(item, node);
      for (const reader of itemsInside(within, node)) this.markAt(place, reader);
    }
    this.reconsider(item);
  }

  /** Look again at the choices that depend on an item. */
  private reconsider(item: Item): void {
    for (const node of this.readers.selects.get(item.node) ?? []) {
      const within = this.readers.wideSelects.has(node) ? this.form.root : sharedHolder(item, node);
      for (const select of itemsInside(within, node)) this.selects.add(select);
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
        const [node, facet] = order[place] as readonly [number, Facet];
        for (const item of items) if (!item.isGone) this.compute(item, facet, node);
        // What a count added is judged itself before others read it.
        if (facet === "count") break;
      }
    }
    this.dirty.clear();
  }

  private compute(item: Item, facet: Facet, node: number): void {
    const expr = this.form.plan.nodes[node]?.[facet] as Expr;
    switch (facet) {
      case "count":
        this.recount(item, node, expr);
        return;
      case "calculate":
        if (item.relevant) this.setValue(item, this.normal(item, this.form.text(expr, item)));
        return;
      case "relevant":
        item.ownRelevant = this.form.holds(expr, item, true);
        this.spreadRelevance(item);
        return;
      case "readonly":
        item.ownReadonly = this.form.holds(expr, item, false);
        this.spreadReadonly(item);
        return;
      case "required": {
        const required = this.form.holds(expr, item, false);
        if (required === item.required) return;
        this.changed.add(item);
        this.form.reshape(item);
        item.required = required;
      }
    }
  }

  /** Give a counted repeat as many instances as its count says. */
  private recount(holder: Item, node: number, expr: Expr): void {
    const slot = holder.slots[this.form.plan.place[node] as number] as Item[];
    const count = toNumber(this.form.value(expr, holder) ?? 0, this.form.zone);
    const wanted = count > 0 ? Math.min(Math.floor(count), MOST_INSTANCES) : 0;
    while (slot.length > wanted) this.remove(slot[slot.length - 1] as Item);
    while (slot.length < wanted) this.add(node, holder);
  }

  private spreadRelevance(item: Item): void {
    const relevant = item.ownRelevant && (item.up?.relevant ?? true);
    if (relevant === item.relevant) return;
    this.watch(item);
    item.relevant = relevant;
    this.form.reshape(item);
    this.touch(item);
    if (relevant && item.def.calculate !== undefined) this.mark(item, "calculate");
    for (const slot of item.slots) for (const kid of slot) this.spreadRelevance(kid);
  }

  private spreadReadonly(item: Item): void {
    const readonly = item.ownReadonly || (item.up?.readonly ?? false);
    if (readonly === item.readonly) return;
    item.readonly = readonly;
    this.form.reshape(item);
    this.changed.add(item);
    for (const slot of item.slots) for (const kid of slot) this.spreadReadonly(kid);
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
      const before = item.text();
      item.offered = offered;
      if (item.text() !== before) this.touch(item);
      this.selects.delete(item);
    }
  }

  /** Actions of new repeat instances, then of values that changed. */
  private act(): void {
    const added = this.added;
    this.added = [];
    for (const item of added) {
      for (const action of this.form.definition.actions) {
        const isMeant =
          action.on.includes("odk-new-repeat") && (action.in ?? item.node) === item.node;
        if (!isMeant) continue;
        for (const target of this.targets(action, item, item)) {
          if (target.relevant) this.perform(action, target);
        }
      }
    }
    const watched = [...this.watched];
    this.watched.clear();
    for (const [item, before] of watched) {
      if (item.isGone || item.text() === before) continue;
      for (const action of this.readers.changeActions.get(item.node) ?? []) {
        for (const target of this.targets(action, item, sharedHolder(item, action.set)))
          this.perform(action, target);
      }
    }
  }

  /** What an action sets: the nodes that its reference picks from an item, else all in a holder. */
  targets(action: Action, from: Item, holder: Item): readonly Item[] {
    if (action.ask) return [];
    if (action.to === undefined) return itemsInside(holder, action.set);
    const nodes = this.form.value(action.to, from) ?? [];
    const items = isNodes(nodes) ? (nodes as readonly Item[]) : [];
    return items.filter(({ node }) => node === action.set);
  }

  perform(action: Action, target: Item): void {
    this.setValue(target, this.normal(target, this.form.text(action.value, target)));
  }

  /** A value that no person typed, as the question's type writes it. */
  private normal(item: Item, text: string): string {
    return normal(text, item.def.type, this.form.zone);
  }
}
