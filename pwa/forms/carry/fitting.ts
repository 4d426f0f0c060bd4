/**
 * Whether an answer of one version may stand in the next, and how it is written there: types that hold
 * the same, and choices that are still offered. Pure.
 */
import type { Choices, Instance, Node, Text } from "../engine/index.ts";

/** Lists of a form by name, resources among them. */
export type Lists = (name: string) => Instance | undefined;

export interface Offered {
  readonly value: string;
  readonly label: string;
}

/** What of the answer stays and what does not; `why` tells of what does not. */
export interface Fit {
  readonly stays: string;
  readonly goes: string;
  readonly why: "type" | "choice" | null;
}

const CHOOSING = ["select1", "select", "rank"];
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Puts an answer into a question of the new version. `offered`: undefined when it cannot be told here. */
export function fit(
  from: Node,
  to: Node,
  offered: readonly Offered[] | undefined,
  value: string,
): Fit {
  const [before, now] = [from.type ?? "string", to.type ?? "string"];
  const stays: Fit = { stays: value, goes: "", why: null };
  const goes: Fit = { stays: "", goes: value, why: "type" };
  if (CHOOSING.includes(now)) {
    // What was typed may happen to read like the name of a choice; it was not chosen.
    if (!CHOOSING.includes(before)) return goes;
    return chosen(value, before === "select1", now, offered);
  }
  if (before === now) return stays;
  if (now === "string") {
    // The name of a choice is no sentence: whoever reads it would not know what was meant.
    return CHOOSING.includes(before) || before === "binary" ? goes : stays;
  }
  if (now === "decimal" && (before === "int" || (before === "string" && NUMBER.test(value))))
    return stays;
  if (now === "int" && NUMBER.test(value) && !value.includes(".")) return stays;
  return now === "barcode" && before === "string" ? stays : goes;
}

function chosen(
  value: string,
  isOne: boolean,
  now: string,
  offered: readonly Offered[] | undefined,
): Fit {
  const picks = isOne ? [value] : value.split(" ").filter(Boolean);
  if (now === "select1" && picks.length > 1) return { stays: "", goes: value, why: "type" };
  const isThere = (pick: string): boolean => !offered || offered.some((one) => one.value === pick);
  const goes = picks.filter((pick) => !isThere(pick)).join(" ");
  const stays = picks.filter(isThere).join(" ");
  return { stays, goes, why: goes === "" ? null : "choice" };
}

/** All that a question may ever offer, filters left aside; undefined when it comes from other answers. */
export function everOffered(
  choices: Choices | undefined,
  lists: Lists,
  language: string,
): Offered[] | undefined {
  if (!choices) return undefined;
  if ("items" in choices)
    return choices.items.map(({ value, label }) => ({ value, label: plain(label, language) }));
  if (!("in" in choices)) return undefined;
  const list = lists(choices.in);
  if (!list || !("columns" in list)) return undefined;
  const cells = (column: string): readonly Text[] =>
    list.values[list.columns.indexOf(column)] ?? [];
  const labels = cells(choices.label);
  return cells(choices.value).map((value, row) => ({
    value: plain(value, language),
    label: plain(labels[row] ?? "", language),
  }));
}

/** A text as an author wrote it, in one language; `…` stands for what the form puts in. */
export function plain(text: Text | undefined, language: string): string {
  if (text === undefined || typeof text === "string") return text ?? "";
  if (Array.isArray(text))
    return text.map((piece) => (typeof piece === "string" ? piece : "…")).join("");
  const spoken = text as { readonly [code: string]: Text };
  return plain(spoken[language] ?? Object.values(spoken)[0], language);
}
