/** A phone with a store, a server it knows, and what tests of delivery ask about them. */
import type { Store } from "../../../pwa/store/schema.ts";
import { send } from "../../../pwa/sync/mutations.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { type Outcome, runRound } from "../../../pwa/sync/round.ts";
import type { Trigger } from "../../../pwa/sync/transitions.ts";
import { filledDraft, keepCatalogue, ownStore } from "../store/phone.ts";
import { ServerTwin } from "./server.ts";

export async function phoneAndServer() {
  const { shared, store } = await ownStore();
  const server = new ServerTwin();
  await keepCatalogue(shared, server.catalogue());
  const round = (trigger: Trigger = "button"): Promise<Outcome> =>
    runRound(store, trigger, server.net);
  return { shared, store, server, round };
}

/** A draft with photos of the given sizes, sent: held in the journal, not delivered. */
export async function sent(store: Store, ...sizes: number[]) {
  const { draft, answers } = await filledDraft(store, ...sizes);
  const item = await send(store, draft, answers);
  return { draft, answers, item };
}

export async function onlyItem(store: Store) {
  const all = await items(store);
  if (all.length !== 1 || !all[0]) throw new Error(`${all.length} items in the journal`);
  return all[0];
}
