/**
 * Form and one change → form, with everything that depends on the change brought up to date. Each
 * gives the references of what changed in value, relevance, readonly, required or instances.
 */
import { choicesOf } from "./choices.ts";
import type { Form } from "./form.ts";
import { type Item, itemAt } from "./instance.ts";
import { normal } from "./lexical.ts";
import { Pass } from "./settle.ts";

/** The item of a reference; a reference that leads nowhere is a fault of the caller. */
export function itemOf(form: Form, ref: string): Item {
  const item = itemAt(form.root, ref);
  if (!item) throw new RangeError(`nothing at ${ref}`);
  return item;
}

/**
 * Answers a question with text in its lexical form, empty to clear it. Text is brought to Unicode
 * NFC; what is no value of the question's type leaves it empty.
 */
export function answer(form: Form, ref: string, value: string): Set<string> {
  const item = itemOf(form, ref);
  if (item.def.kind !== "value") throw new RangeError(`no question at ${ref}`);
  if (item.readonly) throw new RangeError(`read only: ${ref}`);
  const pass = new Pass(form);
  const text = normal(value.normalize("NFC"), item.def.type, form.zone);
  pass.setValue(item, ordered(form, item, text));
  return settled(pass);
}

/** Values of a select multiple stand in the order of the choices, whatever order they came in. */
function ordered(form: Form, item: Item, value: string): string {
  const element = form.elements.get(item.node);
  if (element?.as !== "select" || !element.choices || !value.includes(" ")) return value;
  const order = choicesOf(form, element.choices, item).map((choice) => choice.value);
  const rank = (one: string): number => (order.includes(one) ? order.indexOf(one) : order.length);
  return value
    .split(" ")
    .sort((a, b) => rank(a) - rank(b))
    .join(" ");
}

/**
 * Adds an instance at the end of a repeat, named with or without the position of an instance
 * (`/data/member`), and gives the reference of the new one.
 */
export function addRepeat(form: Form, ref: string): string {
  const { node, holder } = repeatOf(form, ref);
  if (!canAdd(form, node, holder)) throw new RangeError(`cannot add to ${ref}`);
  const pass = new Pass(form);
  const item = pass.add(node, holder);
  pass.run();
  return item.ref;
}

export function removeRepeat(form: Form, ref: string): Set<string> {
  const item = itemOf(form, ref);
  if (item.def.kind !== "repeat" || isFixed(item)) throw new RangeError(`cannot remove ${ref}`);
  const pass = new Pass(form);
  pass.remove(item);
  return settled(pass);
}

/** The repeat that a reference names and the item that holds its instances. */
export function repeatOf(form: Form, ref: string): { node: number; holder: Item } {
  const at = ref.lastIndexOf("/");
  const holder = itemOf(form, ref.slice(0, at));
  const name = ref.slice(at + 1).replace(/\[\d+\]$/, "");
  const node = form.plan.kids[holder.node]?.find((kid) => {
    const def = form.plan.nodes[kid];
    return def?.name === name && def.kind === "repeat";
  });
  if (node === undefined) throw new RangeError(`no repeat at ${ref}`);
  return { node, holder };
}

export function canAdd(form: Form, node: number, holder: Item): boolean {
  const def = form.plan.nodes[node];
  return !def?.fixed && def?.count === undefined && !holder.readonly;
}

export const isFixed = (item: Item): boolean =>
  item.readonly || item.def.count !== undefined || item.def.fixed === true;

/** Changes the language; computed values that hold words in it follow. */
export function setLanguage(form: Form, language: string): Set<string> {
  form.language = language;
  form.forgetWords();
  const pass = new Pass(form);
  pass.respeak();
  return settled(pass);
}

function settled(pass: Pass): Set<string> {
  pass.run();
  const refs = new Set<string>();
  for (const item of pass.changed) if (!item.isGone) refs.add(item.ref);
  return refs;
}
