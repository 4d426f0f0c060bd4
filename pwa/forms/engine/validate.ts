/**
 * Form → faults. Only what is relevant counts; an empty answer is judged by `required` alone,
 * another by its type, the ends of its range and its constraint (ODK XForms specification,
 * "Bindings").
 */
import type { Element, Text } from "./definition.ts";
import type { Form } from "./form.ts";
import { eachItem, type Item } from "./instance.ts";
import { isOfType } from "./lexical.ts";
import { say } from "./text.ts";

export interface Fault {
  readonly ref: string;
  readonly kind: "required" | "constraint" | "type" | "choice" | "calculated" | "unknown";
  /** The form author's sentence in the form's language, when there is one. */
  readonly message?: string;
}

/** The faults of one item and all inside it, in document order; of the whole form without one. */
export function faultsOf(form: Form, top: Item = form.root): Fault[] {
  const faults: Fault[] = [];
  eachItem(top, (item) => {
    const fault = faultOf(form, item);
    if (fault) faults.push(fault);
  });
  return faults;
}

export function faultOf(form: Form, item: Item): Fault | undefined {
  const { def } = item;
  if (!item.relevant || def.kind !== "value") return undefined;
  const value = item.text();
  if (value === "") {
    return item.required ? fault(form, item, "required", def.requiredMessage) : undefined;
  }
  if (!isOfType(value, def.type, form.zone)) return fault(form, item, "type", undefined);
  if (!isInRange(form.elements.get(item.node), value)) {
    return fault(form, item, "constraint", def.constraintMessage);
  }
  if (def.constraint === undefined || form.holds(def.constraint, item, true)) return undefined;
  return fault(form, item, "constraint", def.constraintMessage);
}

/** Whether a number lies between the ends of its range, whichever of them is the greater. */
function isInRange(element: Element | undefined, value: string): boolean {
  const { start, end } = (element?.as === "range" && element.params) || {};
  if (typeof start !== "number" || typeof end !== "number") return true;
  return (Number(value) - start) * (Number(value) - end) <= 0;
}

function fault(form: Form, item: Item, kind: Fault["kind"], message: Text | undefined): Fault {
  const { ref } = item;
  return message === undefined ? { ref, kind } : { ref, kind, message: say(form, message, item) };
}
