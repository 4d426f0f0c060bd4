/**
 * Defaults from the last dossier (XLSForm's `${last-saved#question}`): a new draft takes its first
 * values with the answers in sight that this person last filed for the same procedure from this phone.
 */
import type { Definition, TreeData } from "../forms/engine/definition.ts";
import type { Answers, Draft as SavedForm } from "../forms/renderer/session.ts";
import { type Draft, readFiled } from "../store/drafts.ts";
import type { Store } from "../store/schema.ts";

/** The definition as a new draft opens it; the same where it asks nothing of the last dossier. */
export async function lastSaved(
  store: Store,
  procedure: string,
  definition: Definition,
): Promise<Definition> {
  const dossiers = await store.db.getAllKeys("filed");
  const filed = await Promise.all(dossiers.map((dossier) => readFiled(store, dossier)));
  const [last] = (filed.filter((draft) => draft?.procedure === procedure) as Draft[]).sort(
    (a, b) => b.updatedAt - a.updatedAt,
  );
  return last ? remembering(definition, (last.answers as SavedForm).values) : definition;
}

/** The definition with these answers where it looks for those of the last dossier. */
export function remembering(definition: Definition, answers: Answers): Definition {
  const tree = treeOf(definition.nodes[0]?.name ?? "", answers);
  const instances = Object.entries(definition.instances).map(([name, instance]) => [
    name,
    "lastSaved" in instance ? { tree } : instance,
  ]);
  return { ...definition, instances: Object.fromEntries(instances) };
}

function treeOf(name: string, answers: Answers): TreeData {
  const inside = Object.entries(answers).map(([part, value]): TreeData[] => {
    if (typeof value === "string") return [[part, null, value]];
    const several = Array.isArray(value) ? value : [value];
    return several.map((one: Answers) => treeOf(part, one));
  });
  return [name, null, inside.reduce((all, one) => all.concat(one), [])];
}
