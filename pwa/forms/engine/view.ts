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
  /** The same for the same element of the same instance at every look. */
  readonly key: string;
  readonly as: Element["as"] | "instance";
  readonly element: Element;
  /** Of the question, group or instance; of a repeat without position; of what surrounds an element without a node. */
  readonly ref: string;
  readonly items: readonly Visible[];
  /** Repeat: an instance may be added. Instance: it may be removed. */
  readonly canAdd?: boolean;
  readonly canRemove?: boolean;
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
  readonly choices?: readonly Choice[];
  /** What validate() would say of it now, shown or not. */
  readonly fault?: Fault;
}

/** The visible elements of the form in body order, relevant ones only. */
export function walk(form: Form): readonly Visible[] {
  return within(form, form.definition.body, form.root, "");
}

function within(form: Form, elements: readonly Element[], around: Item, key: string): Visible[] {
  return elements.flatMap((element, at) => visible(form, element, around, `${key}/${at}`));
}

function visible(form: Form, element: Element, around: Item, key: string): Visible[] {
  const { as, node, items = [] } = element;
  if (as === "repeat" && node !== undefined) return [repeat(form, element, node, around, key)];
  const item = node === undefined ? around : itemsInside(sharedHolder(around, node), node)[0];
  if (!item?.relevant) return [];
  return [{ key, as, element, ref: item.ref, items: within(form, items, item, key) }];
}

function repeat(form: Form, element: Element, node: number, around: Item, key: string): Visible {
  const holder = sharedHolder(around, node);
  const parent = itemsInside(holder, form.plan.nodes[node]?.parent as number)[0] as Item;
  const instances = itemsInside(holder, node).flatMap((item, at): Visible[] => {
    const inside = `${key}[${at}]`;
    const items = item.relevant ? within(form, element.items ?? [], item, inside) : [];
    const shown = { key: inside, as: "instance" as const, element, ref: item.ref, items };
    return item.relevant ? [{ ...shown, canRemove: !isFixed(item) }] : [];
  });
  const ref = `${parent.ref}/${form.plan.nodes[node]?.name}`;
  const mayAdd = parent.relevant && canAdd(form, node, parent);
  return { key, as: "repeat", element, ref, items: instances, canAdd: mayAdd };
}

/** One question, group or repeat, by its reference or as walk() gave it. */
export function view(form: Form, at: string | Visible): View {
  const ref = typeof at === "string" ? at : at.ref;
  const isRepeat = typeof at !== "string" && at.as === "repeat";
  const item = isRepeat ? repeatOf(form, ref).holder : itemOf(form, ref);
  const element = typeof at === "string" ? form.elements.get(item.node) : at.element;
  const words = (text: Text | undefined): string =>
    text === undefined ? "" : say(form, text, item);
  const fault = isRepeat ? undefined : faultOf(form, item);
  return {
    ref,
    node: item.def,
    element,
    value: item.def.kind === "value" ? item.text() : "",
    relevant: item.relevant,
    readonly: item.readonly,
    required: item.required,
    label: words(element?.label),
    hint: words(element?.hint),
    guidance: words(element?.guidance),
    media: element?.media ? mediaOf(form, element.media, item) : {},
    ...(element?.choices ? { choices: choicesOf(form, element.choices, item) } : {}),
    ...(fault ? { fault } : {}),
  };
}
