/**
 * Form → what a screen needs to show: the elements that are visible now, in order, and one
 * question with its words, choices and fault.
 */
import { canAdd, isFixed, itemOf, repeatOf } from "./change.ts";
import { type Choice, choicesOf, mediaOf } from "./choices.ts";
import type { Element, Media, Node, Text } from "./definition.ts";
import type { Form } from "./form.ts";
import { type Item, itemsInside, sharedHolder } from "./instance.ts";
import { say } from "./text.ts";
import { type Fault, faultOf } from "./validate.ts";

/** One visible element. A repeat holds its instances, an instance what is inside it. */
export interface Visible {
  readonly as: Element["as"] | "instance";
  readonly element: Element;
  /** Of the question, group or instance; of a repeat without position; of what surrounds an element without a node. */
  readonly ref: string;
  readonly items: readonly Visible[];
  /** Of whatever has an answer of its own. */
  readonly required: boolean;
  readonly readonly: boolean;
  /** Repeat: an instance may be added. Instance: it may be removed. */
  readonly canAdd?: boolean | undefined;
  readonly canRemove?: boolean | undefined;
}

export interface View {
  readonly ref: string;
  readonly node: Node;
  readonly element: Element | undefined;
  readonly value: string;
  readonly relevant: boolean;
  readonly readonly: boolean;
  readonly required: boolean;
  readonly label: string;
  readonly hint: string;
  readonly guidance: string;
  readonly media: { readonly [kind in keyof Media]: string };
  readonly choices: readonly Choice[] | undefined;
  /** What validate() would say of it now, shown or not. */
  readonly fault: Fault | undefined;
}

/** The visible elements of the form in body order, relevant ones only; unchanged ones as before. */
export function walk(form: Form): readonly Visible[] {
  return within(form, form.definition.body, form.root);
}

/** Gone through again for hundreds of questions when an answer shows one more: made to be fast. */
function within(form: Form, elements: readonly Element[], around: Item): readonly Visible[] {
  const found: Visible[] = [];
  for (const element of elements) {
    const { as, node } = element;
    if (as === "repeat" && node !== undefined) {
      found.push(repeat(form, element, node, around));
      continue;
    }
    const item = node === undefined ? around : itemOfNode(node, around);
    if (item?.relevant) found.push(seen(form, as, element, item));
  }
  return found;
}

/** The very sight of before, while nothing at the item or inside it has come, gone or changed. */
function seen(form: Form, as: Visible["as"], element: Element, item: Item): Sight {
  const before = form.sights.get(item);
  if (before?.element === element && before.shape === item.shape) return before;
  const items = element.items ? within(form, element.items, item) : NONE;
  const canRemove = as === "instance" ? !isFixed(item) : undefined;
  const sight = new Sight(as, element, item.ref, item, items, undefined, canRemove);
  if (!form.loose.has(element)) form.sights.set(item, sight);
  return sight;
}

function itemOfNode(node: number, around: Item): Item | undefined {
  const { nodes, place } = around.plan;
  if (nodes[node]?.parent === around.node) return around.slots[place[node] as number]?.[0];
  return itemsInside(sharedHolder(around, node), node)[0];
}

function repeat(form: Form, element: Element, node: number, around: Item): Visible {
  const holder = sharedHolder(around, node);
  const parent = itemsInside(holder, form.plan.nodes[node]?.parent as number)[0] as Item;
  const instances = itemsInside(holder, node)
    .filter((item) => item.relevant)
    .map((item) => seen(form, "instance", element, item));
  const ref = `${parent.ref}/${form.plan.nodes[node]?.name}`;
  const mayAdd = parent.relevant && canAdd(form, node, parent);
  return new Sight("repeat", element, ref, parent, instances, mayAdd);
}

const NONE: readonly never[] = [];

/** One visible element as it is now; `walk` gives the same object while it stays so. */
export class Sight implements Visible {
  readonly required: boolean;
  readonly readonly: boolean;
  /** The item's shape at the time. */
  readonly shape: number;

  constructor(
    readonly as: Visible["as"],
    readonly element: Element,
    readonly ref: string,
    item: Item,
    readonly items: readonly Visible[],
    readonly canAdd?: boolean,
    readonly canRemove?: boolean,
  ) {
    this.required = item.required;
    this.readonly = item.readonly;
    this.shape = item.shape;
  }
}

/**
 * One question, group or repeat, by its reference or as walk() gave it: of what has no node of its own
 * only that tells the words. Words, choices and fault
 * are worked out when they are read: a look at whether thousands of questions are required costs
 * nothing else.
 */
export function view(form: Form, at: string | Pick<Visible, "as" | "ref" | "element">): View {
  if (typeof at === "string") {
    const item = itemOf(form, at);
    return new Look(form, at, item, form.elements.get(item.node), false);
  }
  const isRepeat = at.as === "repeat";
  const item = isRepeat ? repeatOf(form, at.ref).holder : itemOf(form, at.ref);
  return new Look(form, at.ref, item, at.element, isRepeat);
}

class Look implements View {
  constructor(
    private readonly form: Form,
    readonly ref: string,
    private readonly item: Item,
    readonly element: Element | undefined,
    /** A repeat stands for all its instances and has no answer of its own. */
    private readonly isRepeat: boolean,
  ) {}

  get node(): Node {
    const of = this.isRepeat ? this.element?.node : undefined;
    return of === undefined ? this.item.def : (this.form.plan.nodes[of] as Node);
  }

  get value(): string {
    return this.item.def.kind === "value" ? this.item.text() : "";
  }

  get relevant(): boolean {
    return this.item.relevant;
  }

  get readonly(): boolean {
    return this.item.readonly;
  }

  get required(): boolean {
    return this.item.required;
  }

  get label(): string {
    return this.words(this.element?.label);
  }

  get hint(): string {
    return this.words(this.element?.hint);
  }

  get guidance(): string {
    return this.words(this.element?.guidance);
  }

  get media(): View["media"] {
    return this.element?.media ? mediaOf(this.form, this.element.media, this.item) : {};
  }

  get choices(): readonly Choice[] | undefined {
    const { choices } = this.element ?? {};
    return choices && choicesOf(this.form, choices, this.item);
  }

  get fault(): Fault | undefined {
    return this.isRepeat ? undefined : faultOf(this.form, this.item);
  }

  private words(text: Text | undefined): string {
    return text === undefined ? "" : say(this.form, text, this.item);
  }
}
