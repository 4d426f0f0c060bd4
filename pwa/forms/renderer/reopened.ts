/**
 * Questions that a supplement reopens on a phone that does not know the earlier answers: without
 * those the form may hold them irrelevant or their repeat too short. They are shown all the same,
 * and their answers are put where they belong; the server has the rest and decides.
 */
import { type Answers, addRepeat, type Form, save, view } from "../engine/index.ts";
import type { Shown } from "./page.ts";

const STEP = /^([^[]+)(?:\[(\d+)\])?$/;

/** The question at a reference whether relevant or not; undefined when the form has none there. */
export function hiddenQuestion(form: Form, ref: string): Shown | undefined {
  try {
    growTo(form, ref);
    const { element, label, node } = view(form, ref);
    return element && node.kind === "value" ? { element, ref, label, isRequired: true } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Adds entries to repeats until the reference's positions exist. */
function growTo(form: Form, ref: string): void {
  for (const match of Array.from(ref.matchAll(/\[(\d+)\]/g))) {
    const repeat = ref.slice(0, match.index);
    for (let at = 1; at <= Number(match[1]); at++) {
      try {
        view(form, `${repeat}[${at}]`);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        addRepeat(form, repeat);
      }
    }
  }
}

/** What was answered at a reference: the engine reads what is not relevant as blank, this does not. */
export function keptAnswer(form: Form, ref: string): string {
  let part: unknown = save(form).values;
  for (const step of ref.split("/").slice(2)) {
    const [, name = "", position] = STEP.exec(step) ?? [];
    part = new Map(Object.entries(part ?? {})).get(name);
    if (position !== undefined) part = (part as unknown[] | undefined)?.[Number(position) - 1];
  }
  return typeof part === "string" ? part : "";
}

/** Answers with one more value at a reference; entries before it in its repeats are left empty. */
export function withAnswer(answers: Answers, ref: string, value: string): Answers {
  return put(answers, ref.split("/").slice(2), value) as Answers;
}

function put(part: unknown, [step, ...further]: string[], value: string): unknown {
  if (step === undefined) return value;
  const [, name = "", position] = STEP.exec(step) ?? [];
  // Entries, not properties: a question may be called `constructor`.
  const inside = new Map<string, unknown>(Object.entries(part ?? {}));
  const there = inside.get(name);
  if (position === undefined) inside.set(name, put(there, further, value));
  else {
    const entries = Array.isArray(there) ? [...there] : [];
    while (entries.length < Number(position)) entries.push({});
    entries[Number(position) - 1] = put(entries[Number(position) - 1], further, value);
    inside.set(name, entries);
  }
  return Object.fromEntries(inside);
}
