/**
 * Form → answers. finish() gives what is sent: relevant and not empty. save() gives a draft that
 * open() goes on with: every value as it stands, so that going back restores what relevance hides.
 */

import { momentText } from "./dates.ts";
import type { Answers } from "./definition.ts";
import type { Form } from "./form.ts";
import { eachItem, type Item } from "./instance.ts";
import type { Draft } from "./open.ts";

/** Writes the end time where the form asks for one, and gives the answers to send. */
export function finish(form: Form): { answers: Answers } {
  form.startPass();
  eachItem(form.root, (item) => {
    const [kind, what] = item.def.preload ?? [];
    if (kind === "timestamp" && what === "end") item.value = momentText(form.now(), form.zone);
  });
  return { answers: collect(form.root, true) };
}

export function save(form: Form): Draft {
  return { v: 1, values: collect(form.root, false), language: form.language };
}

function collect(item: Item, isFinal: boolean): Answers {
  // Entries, not assignments: a question may be called `__proto__`.
  const answers: [string, Answers[string]][] = [];
  item.slots.forEach((slot, at) => {
    const kept = isFinal ? slot.filter((kid) => kid.relevant) : slot;
    const def = item.plan.nodes[item.plan.kids[item.node]?.[at] as number];
    if (!def) return;
    if (def.kind === "repeat") {
      const instances = kept.map((kid) => collect(kid, isFinal));
      if (instances.length || !isFinal) answers.push([def.name, instances]);
      return;
    }
    const [kid] = kept;
    if (!kid) return;
    const value = def.kind === "group" ? collect(kid, isFinal) : isFinal ? kid.text() : kid.value;
    const isEmpty = typeof value === "string" ? value === "" : Object.keys(value).length === 0;
    if (!isEmpty || (!isFinal && typeof value === "string")) answers.push([def.name, value]);
  });
  return Object.fromEntries(answers);
}
