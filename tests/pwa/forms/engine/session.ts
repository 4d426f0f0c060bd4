/**
 * Plays the steps of a vector in tests/vectors/forms and tells the state after each, in the shape
 * that tests/vectors/README.md describes.
 */
import {
  addRepeat,
  answer,
  type Definition,
  type Form,
  finish,
  type Instance,
  needsRare,
  open,
  removeRepeat,
  setLanguage,
  type Visible,
  validate,
  view,
  walk,
} from "../../../../pwa/forms/engine/index.ts";
import { rare } from "../../../../pwa/forms/engine/rare.ts";

export type Do =
  | readonly ["answer", string, string]
  | readonly ["add" | "remove" | "language", string];

/** Of each visible question what differs from: empty, not read-only, not required, no fault. */
export interface Seen {
  readonly value?: string;
  readonly readonly?: true;
  readonly required?: true;
  readonly label?: string;
  readonly choices?: readonly (readonly [value: string, label: string])[];
  readonly fault?: readonly [kind: string, message?: string];
}

export interface Step {
  readonly do?: Do;
  /** Values of all nodes that hold one, shown or not. */
  readonly values: { readonly [ref: string]: string };
  readonly shown: { readonly [ref: string]: Seen };
}

export interface Vector {
  readonly about: string;
  readonly now: string;
  readonly definition: Definition;
  readonly resources?: { readonly [digest: string]: Instance };
  readonly steps: readonly Step[];
  readonly answers: object;
}

/** @param change does a step, where it is to be done in another way than at once */
export function play(
  vector: Omit<Vector, "steps" | "answers" | "about">,
  steps: readonly Do[],
  change: (form: Form, step: Do) => void = perform,
) {
  const form = open(vector.definition, {
    ...(vector.resources ? { resources: vector.resources } : {}),
    // As on the phone, which looks before it loads.
    ...(needsRare(vector.definition) ? { rare } : {}),
    clock: () => new Date(vector.now),
    zone: "Asia/Ho_Chi_Minh",
    random: () => 0.5,
  });
  const seen: Step[] = [stateOf(form)];
  for (const step of steps) {
    change(form, step);
    seen.push({ do: step, ...stateOf(form) });
  }
  return { steps: seen, answers: finish(form).answers };
}

export function perform(form: Form, [what, ref, value = ""]: Do): void {
  if (what === "answer") answer(form, ref, value);
  else if (what === "add") addRepeat(form, ref);
  else if (what === "remove") removeRepeat(form, ref);
  else setLanguage(form, ref);
}

export function stateOf(form: Form): Omit<Step, "do"> {
  const values: { [ref: string]: string } = {};
  const shown: { [ref: string]: Seen } = {};
  const faults = new Map(validate(form).map((fault) => [fault.ref, fault]));
  const collect = (items: readonly Visible[]): void => {
    for (const item of items) {
      collect(item.items);
      const look = view(form, item);
      if (look.node.kind !== "value") continue;
      const fault = faults.get(item.ref);
      shown[item.ref] = {
        ...(look.value ? { value: look.value } : {}),
        ...(look.readonly ? { readonly: true } : {}),
        ...(look.required ? { required: true } : {}),
        ...(look.label ? { label: look.label } : {}),
        ...(look.choices
          ? { choices: look.choices.map((one) => [one.value, one.label] as const) }
          : {}),
        ...(fault
          ? { fault: fault.message === undefined ? [fault.kind] : [fault.kind, fault.message] }
          : {}),
      };
    }
  };
  collect(walk(form));
  gather(form, values);
  return { values, shown };
}

/** Every node's value by reference; identifiers made by chance are left out. */
function gather(form: Form, values: { [ref: string]: string }): void {
  const walkAnswers = (answers: object, ref: string): void => {
    for (const [name, value] of Object.entries(answers)) {
      if (typeof value === "string") {
        if (!value.startsWith("uuid:")) values[`${ref}/${name}`] = value;
      } else if (Array.isArray(value)) {
        for (const [at, one] of value.entries()) walkAnswers(one, `${ref}/${name}[${at + 1}]`);
      } else walkAnswers(value as object, `${ref}/${name}`);
    }
  };
  walkAnswers(finish(form).answers, form.root.ref);
}
