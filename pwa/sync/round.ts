/**
 * One round of the outbox, by page or worker: what is due goes out of every store, locked or not;
 * changes come in for the active one if it is open. A Web Lock lets one writer in at a time; without
 * locks the server's verdict table keeps a second delivery harmless.
 */

import { type Net, net } from "../api/client.ts";
import type { SyncReply } from "../api/contract.ts";
import { codeOf, Unreachable } from "../api/problems.ts";
import { knownDevice } from "../identity/device.ts";
import { keptCatalogue } from "../store/definitions.ts";
import type { News } from "../store/dossiers.ts";
import { alone } from "../store/lock.ts";
import { isSignedIn } from "../store/people.ts";
import type { JournalRow } from "../store/records.ts";
import { openStore, type Store, storeNames } from "../store/schema.ts";
import { refreshCatalogue } from "./catalogue.ts";
import { type Exchange, firstBatch } from "./exchange.ts";
import { sendPages } from "./pages.ts";
import { rows } from "./queue.ts";
import { receive } from "./receive.ts";
import { deliver } from "./send.ts";
import { isDue, isUnsent, type Trigger } from "./transitions.ts";

/** What a round came to. `reason`: why it ended early, null when the server was heard throughout. */
export interface Outcome {
  reason: string | null;
  news: News[];
}

/** More requests than this in one round is a server that never says it is done. */
const MOST_TURNS = 40;

/** Waits for a round under way elsewhere. Never throws for what the network does. */
export function runRound(active: Store, trigger: Trigger, around: Net = net): Promise<Outcome> {
  return alone("hoso-outbox", async () => {
    const outcome: Outcome = { reason: null, news: [] };
    try {
      // Behind its lock nothing can be read: what came for it waits with the server.
      await serve({ store: active, around, reads: !active.vault.isLocked }, trigger, outcome, true);
      await serveOthers(active, trigger, around);
      await serveForeign(active, trigger, around);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      outcome.reason = codeOf(error);
    }
    return outcome;
  });
}

/** Whoever else has a store here: their envelopes go out, nothing is read for them. */
async function serveOthers(active: Store, trigger: Trigger, around: Net): Promise<void> {
  for (const name of await storeNames(active.shared)) {
    if (name === active.name) continue;
    const store = await openStore(active.shared, name);
    try {
      await serve({ store, around, reads: false }, trigger, { reason: null, news: [] });
    } finally {
      store.db.close();
    }
  }
}

/** What is carried for other phones; few ever carry any, so how is fetched when it is needed. */
async function serveForeign({ shared }: Store, trigger: Trigger, around: Net): Promise<void> {
  if ((await shared.count("relayed")) === 0) return;
  const { forward } = await import("../relay/forward.ts");
  await forward(shared, around, trigger);
}

/**
 * @param asks the active store, so even with nothing to send: for news, or behind a lock whether the
 *   device still counts
 */
async function serve(
  context: Exchange,
  trigger: Trigger,
  outcome: Outcome,
  asks = false,
): Promise<void> {
  const { store, reads } = context;
  const isIdle = trigger === "timer" || trigger === "sent";
  let wantsToRead = asks && !isIdle && (await hasIdentity(store));
  let stated: string | undefined;
  /** What a reply brings beside its verdicts. @returns whether to ask again at once */
  const take = async (reply: SyncReply): Promise<boolean> => {
    if (reply.device === "revoked") {
      const { wipeRevoked } = await import("../store/wipe.ts");
      await wipeRevoked(store);
      return false;
    }
    if (!reads) return false;
    const { news, again } = await receive(store, reply, context.around.now());
    outcome.news.push(...news);
    stated = reply.catalogue;
    return again;
  };
  const tried = new Set<string>();
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const batch = firstBatch(await dueRows(context, trigger, tried));
    if (batch.length === 0 && !wantsToRead) break;
    wantsToRead = false;
    if (asks && batch.length > 0 && tried.size === 0) await makeKnown(context);
    for (const { id } of batch) tried.add(id);
    for (const reply of await deliver(context, batch)) wantsToRead = await take(reply);
  }
  if (reads) await keepCatalogue(context, stated, isIdle);
  const isComplete = await sendPages(context, trigger);
  // What the dossier's page says of its photos would else be old until the next round.
  if (isComplete && reads) for (const reply of await deliver(context, [])) await take(reply);
}

/**
 * A helper's dossiers are filed under them only from a device that the server knows to be theirs; from
 * any other they wait for somebody at the desk. Where it cannot be told, they are sent all the same.
 */
async function makeKnown({ store, around }: Exchange): Promise<void> {
  if (!(await isSignedIn(store))) return;
  const bound = import("../identity/person.ts").then(({ bindDevice }) => bindDevice(store, around));
  await bound.catch(() => undefined);
}

/** Each item is tried once a round: what came back in line waits for the next. */
async function dueRows(
  { store, around }: Exchange,
  trigger: Trigger,
  tried: Set<string>,
): Promise<JournalRow[]> {
  const now = around.now();
  return (await rows(store)).filter(
    (row) => isUnsent(row) && !tried.has(row.id) && isDue(row, trigger, now),
  );
}

/** A sync reply names the newest catalogue; without one, the server's tag for it is asked. */
async function keepCatalogue(
  { store, around }: Exchange,
  stated: string | undefined,
  isIdle: boolean,
): Promise<void> {
  const kept = await keptCatalogue(store.shared);
  const isOld = stated === undefined ? !isIdle : stated !== kept?.catalogue.digest;
  // An interrupted change of catalogue has left no tag behind.
  if (!kept || kept.etag === null || isOld) await refreshCatalogue(store.shared, around);
}

async function hasIdentity(store: Store): Promise<boolean> {
  return (await knownDevice(store)) !== undefined || (await isSignedIn(store));
}
