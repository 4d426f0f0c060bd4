/**
 * A form once more, to try what a change would do: nothing that is done to the copy reaches the form,
 * until the form becomes what the copy is.
 */
import { Form } from "./form.ts";
import { Item } from "./instance.ts";
import type { List } from "./lists.ts";

/** The same definition, lists and words, and an instance of its own with all facets as they stand. */
export function fork(form: Form): Form {
  const root = copied(form.root, null);
  // Lists say their words by the form that first asked for them.
  const list = (name: string): List | undefined => form.list(name);
  return Object.assign(Object.create(Form.prototype), form, { root, list });
}

/** What was done to the copy is done. Good as long as nothing was done to the form meanwhile. */
export function become(form: Form, { root, shape }: Form): void {
  Object.assign(form, { root, shape });
}

function copied(item: Item, up: Item | null): Item {
  const copy = new Item(item.plan, item.node, up);
  const slots = item.slots.map((slot) => slot.map((kid) => copied(kid, copy)));
  return Object.assign(copy, item, { up, slots });
}
