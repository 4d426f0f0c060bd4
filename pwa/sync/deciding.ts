/**
 * A conflict that a person has decided: what they chose of their own goes again as a new mutation that
 * names the one it decides about; where they chose the agency's, nothing is sent for that question. When
 * nothing of their own is left, the draft goes and the agency's text stands.
 */
import type { Answers } from "../forms/engine/definition.ts";
import { type Draft, removeDraft } from "../store/drafts.ts";
import type { Store } from "../store/schema.ts";
import { send } from "./mutations.ts";
import { reopened } from "./payload.ts";
import type { JournalItem } from "./queue.ts";

/**
 * @param item the conflict
 * @param answers what the engine's `finish` gave
 * @param theirs references of the questions where the agency's text stays
 * @returns what goes now; null when nothing does
 */
export async function decided(
  store: Store,
  item: Pick<JournalItem, "id">,
  draft: Draft,
  answers: Answers,
  theirs: readonly string[],
): Promise<JournalItem | null> {
  const mine = without(answers, theirs);
  const asked = draft.supplement ? reopened(mine, draft.supplement.items) : mine;
  if (Object.keys(asked).length > 0) return send(store, draft, mine, item.id);
  await removeDraft(store, draft.id);
  return null;
}

/** Answers without some places; groups and entries that held nothing else go with them. */
export function without(answers: Answers, places: readonly string[]): Answers {
  const root = places[0]?.split("/")[1];
  return root === undefined ? answers : within(answers, `/${root}`, places);
}

function within(part: Answers, reference: string, places: readonly string[]): Answers {
  const kept: [string, Answers[string]][] = [];
  for (const [name, inner] of Object.entries(part)) {
    const at = `${reference}/${name}`;
    if (places.includes(at)) continue;
    if (typeof inner === "string") kept.push([name, inner]);
    else if (Array.isArray(inner)) {
      // Entries keep their positions: references count them.
      const entries = (inner as readonly Answers[]).map((one, position) =>
        within(one, `${at}[${position + 1}]`, places),
      );
      if (entries.some((entry) => Object.keys(entry).length > 0)) kept.push([name, entries]);
    } else {
      const group = within(inner as Answers, at, places);
      if (Object.keys(group).length > 0) kept.push([name, group]);
    }
  }
  return Object.fromEntries(kept);
}
