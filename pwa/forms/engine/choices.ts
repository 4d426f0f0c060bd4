/**
 * What a question offers: choices written in the form, rows of a list, or nodes of the form
 * itself. Equality conditions are answered by the list's index; what is left of a filter is tried
 * on each row left.
 */
import type { Choices, Expr, Itemset, Media, Text } from "./definition.ts";
import type { Scope } from "./evaluate.ts";
import { evaluate } from "./evaluate.ts";
import type { Form } from "./form.ts";
import { Item } from "./instance.ts";
import type { List } from "./lists.ts";
import { say } from "./text.ts";
import type { XNode } from "./tree.ts";
import { isNodes, toBoolean } from "./values.ts";

export interface Choice {
  readonly value: string;
  readonly label: string;
  /** Names of the files to show or play beside the label, by kind. */
  readonly media?: { readonly [kind in keyof Media]: string };
}

/** A choice before its words are wanted. */
interface Offer {
  readonly value: string;
  readonly label: () => string;
  readonly media?: Media | undefined;
}

/**
 * The choices of a question in their order; labels in the form's language. Of a list they are the
 * very same array while nothing that picks them has changed: a list may hold thousands.
 */
export function choicesOf(form: Form, choices: Choices, at: Item): readonly Choice[] {
  if (!("in" in choices) || choices.filter !== undefined || choices.randomize)
    return worded(form, choices, at);
  const list = form.list(choices.in);
  if (!list?.isPlain(choices.label)) return worded(form, choices, at);
  const keys = (choices.where ?? []).map(([, key]) => form.text(key, at));
  return list.kept(choices, keys.join("\n"), () => worded(form, choices, at));
}

function worded(form: Form, choices: Choices, at: Item): Choice[] {
  return offersOf(form, choices, at).map(({ value, label, media }) => {
    const choice = { value, label: label() };
    return media ? { ...choice, media: mediaOf(form, media, at) } : choice;
  });
}

export function mediaOf(form: Form, media: Media, at: Item): { [kind in keyof Media]: string } {
  const files: { [kind: string]: string } = {};
  for (const [kind, text] of Object.entries(media)) files[kind] = say(form, text as Text, at);
  return files;
}

/** The selected values that are still offered, in the order in which they were chosen. */
export function stillOffered(form: Form, choices: Choices, at: Item, value: string): string {
  // A space parts answers only where several may be chosen: "Ba Na" is the name of one choice.
  const isMany = at.def.type === "select" || at.def.type === "rank";
  const selected = (isMany ? value.split(" ") : [value]).filter(Boolean);
  const still = selected.filter((one) => offerOf(form, choices, at, one));
  return still.length === selected.length ? value : still.join(" ");
}

/** Label of a value among a question's choices (jr:choice-name), empty when it is not offered. */
export function choiceLabel(form: Form, value: string, question: Expr, scope: Scope): string {
  const found = evaluate(question, scope);
  const at = isNodes(found) ? found[0] : undefined;
  const choices = at instanceof Item ? form.elements.get(at.node)?.choices : undefined;
  return (choices && offerOf(form, choices, at as Item, value)?.label()) ?? "";
}

function offerOf(form: Form, choices: Choices, at: Item, value: string): Offer | undefined {
  return offersOf(form, choices, at, value).find((offer) => offer.value === value);
}

/** All that is offered; with `only`, no more of a list than the rows of that value. */
function offersOf(form: Form, choices: Choices, at: Item, only?: string): readonly Offer[] {
  if ("items" in choices) {
    return choices.items.map(({ value, label, media }) => ({
      value,
      label: () => say(form, label, at),
      media,
    }));
  }
  const offers =
    "in" in choices ? listOffers(form, choices, at, only) : nodeOffers(form, choices, at);
  const { randomize } = choices;
  if (!randomize || only !== undefined) return offers;
  const seed = randomize === true ? undefined : form.value(randomize, at);
  // Without a seed the order must not jump about at each look: the form draws one when opened.
  return form.shuffled(offers, seed ?? form.chance);
}

function listOffers(form: Form, choices: Itemset, at: Item, only?: string): Offer[] {
  const list = form.list(choices.in);
  if (!list) return [];
  const among = only === undefined ? undefined : list.rows(choices.value, only);
  return rowsOf(form, list, choices, at, among).map((row) => ({
    value: say(form, list.cell(row, choices.value), at),
    label: () => say(form, list.cell(row, choices.label), at),
    media: rowMedia(list, choices, row),
  }));
}

function rowMedia(list: List, { media }: Itemset, row: number): Media | undefined {
  if (!media) return undefined;
  const files: { [kind: string]: Text } = {};
  for (const [kind, column] of Object.entries(media)) {
    const cell = list.cell(row, column as string);
    if (cell !== "") files[kind] = cell;
  }
  return files;
}

/** The rows, of those given or of all, that the conditions leave. */
function rowsOf(
  form: Form,
  list: List,
  { where = [], filter }: Itemset,
  at: Item,
  among: readonly number[] | undefined,
): readonly number[] {
  let rows = among;
  for (const [column, key] of where) {
    const matching = list.rows(column, form.text(key, at));
    if (!rows) rows = matching;
    else {
      const kept = new Set(matching);
      rows = rows.filter((row) => kept.has(row));
    }
  }
  rows ??= list.all();
  if (filter === undefined) return rows;
  const items = list.items();
  const size = items.length;
  return rows.filter((row) => {
    const scope = { ...form.scope(at, items[row] as XNode), position: row + 1, size };
    try {
      return toBoolean(evaluate(filter, scope));
    } catch {
      // A condition that fails hides nothing.
      return true;
    }
  });
}

function nodeOffers(
  form: Form,
  choices: Extract<Choices, { readonly from: Expr }>,
  at: Item,
): Offer[] {
  const nodes = form.value(choices.from, at) ?? [];
  if (!isNodes(nodes)) return [];
  return nodes
    .map((node) => ({
      value: partText(node, choices.value),
      label: () => partText(node, choices.label),
    }))
    .filter(({ value }) => value !== "");
}

/** Text of the node that a path of names leads to from here; `.` stays. */
function partText(node: XNode, path: string): string {
  const steps = path.split("/").filter((step) => step && step !== ".");
  const end = steps.reduce<XNode | undefined>(
    (from, step) =>
      step === ".." ? (from?.up ?? undefined) : from?.kids().find((kid) => kid.name === step),
    node,
  );
  return end?.text() ?? "";
}
