/**
 * A draft begun on one version of a form → the same draft on the next. Answers stay where a question of
 * the same path or name still takes them; what is new, what changed and what no longer fits is told, and
 * nothing is left out of that. Both engines' rules decide, by opening the new version with what was
 * carried: a pick that a filter no longer offers and a question no longer asked are found that way. Pure.
 */
import {
  type Definition,
  type Draft,
  type Element,
  type Form,
  type Instance,
  type Opening,
  open,
  type View,
  type Visible,
  validate,
  view,
  walk,
} from "../engine/index.ts";
import { type Alteration, alterations } from "./alterations.ts";
import { everOffered, fit, type Lists } from "./fitting.ts";
import { contentsOf, Nest, refOf } from "./leaves.ts";
import { type Atlas, atlasOf, pair } from "./pairs.ts";

/** One version: what the phone keeps of it. */
export interface Version {
  readonly definition: Definition;
  readonly resources: { readonly [digest: string]: Instance };
}

export type LossReason = "gone" | "type" | "choice" | "hidden";

/** An answer with no place in the new version. `ref` and `value` are those of the old one. */
export interface Lost {
  readonly ref: string;
  readonly label: string;
  readonly value: string;
  /** No such question; another type; a choice no longer offered; not asked with these answers. */
  readonly why: LossReason;
}

export interface Kept {
  readonly ref: string;
  readonly value: string;
}

export interface Added {
  readonly ref: string;
  readonly label: string;
  readonly isRequired: boolean;
}

export interface Changed extends Alteration {
  readonly ref: string;
  readonly label: string;
  /** There is an answer, and it stays. */
  readonly isAnswered: boolean;
  /** The answer that stays breaks a rule of the new version. */
  readonly isWrong: boolean;
}

export interface Carry {
  /** The draft as the new version opens it. */
  readonly draft: Draft;
  /** What the person had answered, at its place in the new version. */
  readonly kept: readonly Kept[];
  readonly added: readonly Added[];
  readonly changed: readonly Changed[];
  readonly lost: readonly Lost[];
}

export type Around = Pick<Opening, "clock" | "zone" | "language" | "rare">;

interface Placed {
  readonly from: View;
  readonly to: string;
  readonly value: string;
}

/** Carries `draft` from `old` to `fresh`. What is around is given, as to open(). */
export function carry(old: Version, fresh: Version, draft: Draft, around: Around): Carry {
  const before = open(old.definition, { ...around, resources: old.resources, draft });
  const [from, to] = [atlasOf(old.definition), atlasOf(fresh.definition)];
  const pairs = pair(from, to);
  const language = before.language;
  const elements = elementsOf(fresh.definition.body);
  const lists = listsOf(fresh);
  const nest = new Nest(to);
  const placed: Placed[] = [];
  const lost: Lost[] = [];
  const told = (seen: View, value: string, why: LossReason): void => {
    if (isAnswer(seen)) lost.push({ ref: seen.ref, label: seen.label, value, why });
  };

  const contents = contentsOf(from, draft.values);
  for (const one of contents.bare) {
    const node = pairs[one.node] ?? -1;
    if (node >= 0) nest.empty({ ...one, node });
  }
  for (const one of contents.entries) {
    const node = pairs[one.node] ?? -1;
    if (node >= 0) nest.enter({ ...one, node });
  }
  for (const leaf of contents.leaves) {
    const seen = view(before, refOf(from, leaf.node, leaf.places));
    const node = pairs[leaf.node] ?? -1;
    const [was, now] = [from.nodes[leaf.node], to.nodes[node]];
    if (!was || !now) {
      told(seen, leaf.value, "gone");
      continue;
    }
    const element = elements.get(node);
    // What was declared of another form is not declared of this one: it is asked again.
    if (element?.as === "trigger" || seen.element?.as === "trigger") continue;
    const isOther = element?.mediatype !== seen.element?.mediatype;
    const { stays, goes, why } = isOther
      ? { stays: "", goes: leaf.value, why: "type" as const }
      : fit(was, now, everOffered(element?.choices, lists, language), leaf.value);
    if (why) told(seen, goes, why);
    if (stays === "") continue;
    nest.put({ node, places: leaf.places, value: stays });
    placed.push({ from: seen, to: refOf(to, node, leaf.places), value: stays });
  }

  const carried: Draft = { v: 1, values: nest.values, language };
  const after = open(fresh.definition, {
    ...around,
    language,
    resources: fresh.resources,
    draft: carried,
  });
  const kept: Kept[] = [];
  for (const { from: seen, to: ref, value } of placed) {
    if (!isAnswer(seen)) continue;
    const now = lookAt(after, ref);
    const why =
      now === undefined || !now.relevant ? "hidden" : goneFrom(value, now) ? "choice" : null;
    if (why === null) kept.push({ ref, value });
    else if (seen.relevant || now === undefined)
      told(seen, why === "choice" && now ? goneFrom(value, now) : value, why);
  }
  const partners = backwards(pairs, to);
  return {
    draft: carried,
    kept,
    lost,
    added: addedTo(after, partners),
    changed: changedIn(after, partners, { old, fresh, from }, language),
  };
}

/** What a person answered: shown as a question, and not worked out by the form. */
function isAnswer({ element, node }: View): boolean {
  return element !== undefined && node.kind === "value" && node.calculate === undefined;
}

function lookAt(form: Form, ref: string): View | undefined {
  try {
    return view(form, ref);
  } catch {
    return undefined;
  }
}

/** The picks of a carried answer that the new version does not offer now. */
function goneFrom(value: string, now: View): string {
  if (now.value === value || now.node.calculate !== undefined) return "";
  if (!now.element?.choices) return "";
  const still = now.value.split(" ");
  const picks = now.node.type === "select1" ? [value] : value.split(" ");
  return picks.filter((pick) => !still.includes(pick) && pick !== now.value).join(" ");
}

/** For each node of the new version the one it was, -1 when it is new. */
function backwards(pairs: readonly number[], fresh: Atlas): number[] {
  const was = fresh.nodes.map(() => -1);
  pairs.forEach((to, at) => {
    if (to >= 0) was[to] = at;
  });
  return was;
}

function asked(form: Form): { shown: Visible; node: number }[] {
  const found: { shown: Visible; node: number }[] = [];
  const seen = new Set<number>();
  const visit = (items: readonly Visible[]): void => {
    for (const shown of items) {
      const node = shown.as === "instance" ? undefined : shown.element.node;
      // Once for all entries of a repeat: they are asked the same.
      if (node !== undefined && shown.as !== "note" && !seen.has(node)) {
        seen.add(node);
        found.push({ shown, node });
      }
      visit(shown.items);
    }
  };
  visit(walk(form));
  return found;
}

function addedTo(form: Form, partners: readonly number[]): Added[] {
  return asked(form).flatMap(({ shown, node }): Added[] => {
    if (shown.as === "group" || partners[node] !== -1) return [];
    const seen = view(form, shown);
    if (seen.readonly || (shown.as === "repeat" && shown.items.length > 0)) return [];
    return [{ ref: shown.ref, label: seen.label, isRequired: seen.required }];
  });
}

function changedIn(
  form: Form,
  partners: readonly number[],
  { old, fresh, from }: { old: Version; fresh: Version; from: Atlas },
  language: string,
): Changed[] {
  const were = elementsOf(old.definition.body);
  const [oldLists, freshLists] = [listsOf(old), listsOf(fresh)];
  return asked(form).flatMap(({ shown, node }): Changed[] => {
    const was = partners[node] ?? -1;
    const [oldNode, before] = [from.nodes[was], were.get(was)];
    if (!oldNode || !before || shown.as === "group" || shown.as === "repeat") return [];
    const seen = view(form, shown);
    if (seen.readonly) return [];
    const found = alterations(
      { node: oldNode, element: before, lists: oldLists },
      { node: seen.node, element: shown.element, lists: freshLists },
      language,
    );
    const isWrong = seen.value !== "" && validate(form, shown.ref).length > 0;
    if (!found && !isWrong) return [];
    const isAnswered = seen.value !== "";
    return [{ ...(found ?? { what: [] }), ref: shown.ref, label: seen.label, isAnswered, isWrong }];
  });
}

function elementsOf(
  body: readonly Element[],
  found = new Map<number, Element>(),
): Map<number, Element> {
  for (const element of body) {
    if (element.node !== undefined) found.set(element.node, element);
    elementsOf(element.items ?? [], found);
  }
  return found;
}

function listsOf({ definition, resources }: Version): Lists {
  return (name) => {
    const list = definition.instances[name];
    return list && "resource" in list ? resources[list.resource] : list;
  };
}
