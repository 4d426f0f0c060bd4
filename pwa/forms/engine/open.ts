/**
 * Definition and saved answers → form. A new form takes start values, preloads and the actions of
 * the first load; a draft or finished answers take their own values instead.
 */

import { momentText, startOfDay } from "./dates.ts";
import type { Answers, Definition, Expr } from "./definition.ts";
import { Form, type Surroundings } from "./form.ts";
import { eachItem, grow, type Item } from "./instance.ts";
import { readersOf } from "./readers.ts";
import { Pass } from "./settle.ts";

/** What save() gives: every value as it stands, relevant or not. */
export interface Draft {
  readonly v: 1;
  readonly values: Answers;
  readonly language?: string;
}

export interface Opening extends Surroundings {
  /** Finished answers to look at or correct; what they leave out is empty. */
  readonly answers?: Answers;
  /** An unfinished form to go on with. */
  readonly draft?: Draft;
  /**
   * Answers of questions by name directly under the root, and properties by name (`deviceid`,
   * `username`…) for preloads.
   */
  readonly presets?: { readonly [name: string]: string };
}

/** Opens a form. The clock gives UTC moments; `zone` is an IANA name or an offset, else the phone's. */
export function open(definition: Definition, opening: Opening): Form {
  const { answers, draft, presets = {} } = opening;
  const form = new Form(definition, { language: draft?.language, ...defined(opening) });
  form.root = grow(form.plan, 0, null, answers ?? draft?.values, answers !== undefined);
  form.readers = readersOf(form);
  const isNew = !answers && !draft;
  for (const slot of form.root.slots) {
    const preset = slot[0] && presets[slot[0].name];
    // A question may be called `constructor`.
    if (slot[0] && typeof preset === "string") slot[0].value = preset;
  }
  const pass = new Pass(form);
  if (isNew) eachItem(form.root, (item) => preload(form, item, presets));
  pass.begin(form.root, isNew ? undefined : (item) => isKept(form, item));
  pass.run();
  for (const action of definition.actions) {
    const isDue =
      action.on.includes("odk-instance-load") ||
      (isNew && action.on.includes("odk-instance-first-load"));
    if (!isDue) continue;
    for (const target of pass.targets(action, form.root, form.root)) {
      if (target.relevant) pass.perform(action, target);
    }
    pass.run();
  }
  return form;
}

/** Without keys that hold nothing, so that they do not hide others. */
const defined = (opening: Opening): Opening =>
  Object.fromEntries(Object.entries(opening).filter(([, value]) => value !== undefined)) as never;

/** Whether a saved value may be another than the calculation gives: drawn by lot, or typed over it. */
function isKept(form: Form, { node, def }: Item): boolean {
  const as = form.elements.get(node)?.as;
  const isLocked = (at: number): boolean =>
    (form.plan.nodes[at]?.readonly as readonly Expr[] | undefined)?.[0] === "true";
  const isTyped = as !== undefined && as !== "note";
  return drawsLots(def.calculate ?? "") || (isTyped && !form.plan.chain[node]?.some(isLocked));
}

/** Whether an expression gives something else each time; its first value is kept for good. */
function drawsLots(expr: Expr): boolean {
  if (!Array.isArray(expr)) return false;
  return expr[0] === "uuid" || expr[0] === "random" || expr.some(drawsLots);
}

function preload(form: Form, item: Item, presets: { readonly [name: string]: string }): void {
  const [kind, what] = item.def.preload ?? [];
  if (kind === "date") item.value = momentText(startOfDay(form.now(), form.zone), form.zone);
  else if (kind === "timestamp" && what !== "end") item.value = momentText(form.now(), form.zone);
  else if (kind === "uid") item.value = form.text(["concat", "uuid:", ["uuid"]], item);
  else if (kind === "property") item.value = presets[what as string] ?? item.value;
}
