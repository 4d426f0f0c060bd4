/** What is different about one question in the next version, as far as a person can notice. Pure. */
import type { Element, Node } from "../engine/index.ts";
import { everOffered, type Lists, plain } from "./fitting.ts";

export type Facet = "label" | "hint" | "type" | "required" | "choices";

export interface Alteration {
  readonly what: readonly Facet[];
  /** The wording before, where that is different. */
  readonly before?: string;
  /** Labels of choices that came and went. */
  readonly offered?: readonly string[];
  readonly withdrawn?: readonly string[];
}

export interface Asked {
  readonly node: Node;
  readonly element: Element;
  readonly lists: Lists;
}

/** undefined: nothing a person would notice. */
export function alterations(old: Asked, fresh: Asked, language: string): Alteration | undefined {
  const what: Facet[] = [];
  const words = (one: Asked, part: "label" | "hint"): string => plain(one.element[part], language);
  const before = words(old, "label");
  if (before !== words(fresh, "label")) what.push("label");
  if (words(old, "hint") !== words(fresh, "hint")) what.push("hint");
  if (old.element.as !== fresh.element.as || kindOf(old) !== kindOf(fresh)) what.push("type");
  const mustNow = fresh.node.required !== undefined && old.node.required === undefined;
  if (mustNow) what.push("required");
  const choices = compareChoices(old, fresh, language);
  if (choices) what.push("choices");
  if (what.length === 0) return undefined;
  return { what, ...(what.includes("label") && { before }), ...choices };
}

const kindOf = ({ node }: Asked): string => node.type ?? "string";

/** The choices by what they are called: a new wording of a choice counts as both. */
function compareChoices(
  old: Asked,
  fresh: Asked,
  language: string,
): Pick<Alteration, "offered" | "withdrawn"> | undefined {
  const names = (one: Asked): Map<string, string> | undefined => {
    const all = everOffered(one.element.choices, one.lists, language);
    return all && new Map(all.map(({ value, label }) => [`${value} ${label}`, label]));
  };
  const [before, now] = [names(old), names(fresh)];
  if (!before || !now) return undefined;
  const only = (these: Map<string, string>, others: Map<string, string>): string[] =>
    Array.from(these.keys())
      .filter((key) => !others.has(key))
      .map((key) => these.get(key) ?? "");
  const [offered, withdrawn] = [only(now, before), only(before, now)];
  return offered.length + withdrawn.length > 0 ? { offered, withdrawn } : undefined;
}
