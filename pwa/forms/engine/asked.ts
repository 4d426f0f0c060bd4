/**
 * What a form wants found out by the phone itself (`odk:setgeopoint`): the engine cannot, so it tells
 * where an answer is wanted and whoever runs it gives one. Wanted is what is still empty, once its
 * event has happened; a value that is there stays.
 */
import type { Action } from "./definition.ts";
import type { Form } from "./form.ts";
import { type Item, itemsInside, sharedHolder } from "./instance.ts";
import { isNodes } from "./values.ts";

/** References of the places that are wanted now, each once. */
export function asked(form: Form): string[] {
  const wanted = new Set<Item>();
  for (const action of form.definition.actions) {
    if (action.ask !== "geopoint") continue;
    for (const item of targets(form, action))
      if (item.relevant && !item.readonly && item.value === "") wanted.add(item);
  }
  return Array.from(wanted, ({ ref }) => ref);
}

function targets(form: Form, { of, set, to }: Action): readonly Item[] {
  if (to !== undefined) {
    const nodes = form.value(to, form.root) ?? [];
    return isNodes(nodes) ? (nodes as readonly Item[]).filter(({ node }) => node === set) : [];
  }
  if (of === undefined) return itemsInside(form.root, set);
  // A value has changed when there is one: before, there was none.
  const changed = itemsInside(form.root, of).filter((item) => item.text() !== "");
  return changed.flatMap((item) => itemsInside(sharedHolder(item, set), set));
}
