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
  /** Ask again at once: there is more, or only now there is a good nonce to prove oneself with. */
  again: boolean;
}

/** A nonce as old as this was not taken for the proof of this request. */
const NONCE_LIFE = 29 * 86_400_000;

export async function receive(store: Store, reply: SyncReply, now: number): Promise<Received> {
  const before = await readingMark(store);
  const { nonce, cursor } = reply;
  const news = await applyDossiers(store, reply.changes, {
    name: READING,
    value: { nonce, nonceAt: now, cursor: cursor ?? before.cursor ?? null },
  });
  const isFirstNonce =
    nonce !== "" && (before.nonce === undefined || now - (before.nonceAt ?? 0) > NONCE_LIFE);
  // "More" without a step forward would never end.
  const isMoving = reply.more && cursor !== before.cursor;
  return { news, again: isMoving || isFirstNonce };
}
