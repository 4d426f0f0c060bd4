/**
 * Changes since the cursor into the store. Snapshots, cursor and nonce are written in one transaction,
 * so that a cut between answer and write only means reading the same again.
 */
import type { SyncReply } from "../api/contract.ts";
import { applyDossiers, type News } from "../store/dossiers.ts";
import type { Store } from "../store/schema.ts";
import { READING, readingMark } from "./exchange.ts";

export interface Received {
  news: News[];
  /** Ask again at once: there is more, or only now there is a nonce to prove oneself with. */
  again: boolean;
}

export async function receive(store: Store, reply: SyncReply): Promise<Received> {
  const before = await readingMark(store);
  const { nonce, cursor } = reply;
  const news = await applyDossiers(store, reply.changes, {
    name: READING,
    value: { nonce, cursor: cursor ?? before.cursor ?? null },
  });
  const isFirstNonce = before.nonce === undefined;
  // "More" without a step forward would never end.
  const isMoving = reply.more && cursor !== before.cursor;
  return { news, again: isMoving || isFirstNonce };
}
