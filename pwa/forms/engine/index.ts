/**
 * The form engine: a compiled definition and a person's answers in, what to show and what to send
 * out. No screen, no network, no clock of its own. README.md tells how it is used.
 */

import { itemOf } from "./change.ts";
import type { Text } from "./definition.ts";
import type { Form } from "./form.ts";
import { say } from "./text.ts";
import { type Fault, faultsOf } from "./validate.ts";

export { addRepeat, answer, removeRepeat, setLanguage } from "./change.ts";
export type { Choice } from "./choices.ts";
export type * from "./definition.ts";
export { finish, save } from "./finish.ts";
export type { Form } from "./form.ts";
export { needsRare } from "./needs.ts";
export { type Draft, type Opening, open } from "./open.ts";
export type { Fault } from "./validate.ts";
export { type View, type Visible, view, walk } from "./view.ts";

/** The faults of one question, group or repeat instance, or of the whole form. */
export function validate(form: Form, ref?: string): Fault[] {
  return faultsOf(form, ref === undefined ? form.root : itemOf(form, ref));
}

/** Any text of the definition in the form's language, outputs evaluated at a reference. */
export function textOf(form: Form, text: Text, ref?: string): string {
  return say(form, text, ref === undefined ? form.root : itemOf(form, ref));
}
