/**
 * One `POST /sync` (docs/contracts.md §4): what goes into it and the check that the answer is whole.
 * A request that the server cannot take as a whole is halved until the one item that spoils it stands
 * alone, so that one bad item never blocks the rest.
 */
import { callJson, type Net } from "../api/client.ts";
import type { SyncReply } from "../api/contract.ts";
import { ProblemError, Unreachable } from "../api/problems.ts";
import { claim, type Device, knownDevice, openDevice } from "../identity/device.ts";
import { base64url } from "../store/bytes.ts";
import { keptCatalogue } from "../store/definitions.ts";
import { isSignedIn, readSetting } from "../store/people.ts";
import type { JournalRow } from "../store/records.ts";
import type { Store } from "../store/schema.ts";

/** What the phone remembers for reading: the server's nonce for the proof, and the cursor. */
export interface ReadingMark {
  nonce?: string;
  /** When the nonce was given, by the phone's clock: the server takes it for 30 days. */
  nonceAt?: number;
  cursor?: string | null;
}

/** `meta` key of the ReadingMark. */
export const READING = "reading";

const MOST_ENVELOPES = 50;
/** Below the server's 4 MiB, with room for the rest of the request. */
const MOST_CHARACTERS = 3 * 1024 * 1024;

export interface Exchange {
  store: Store;
  around: Net;
  /** Ask for changes too: only for the active store, whose person holds the phone. */
  reads: boolean;
}

/** One answer, or one failure, for each part of the rows. */
export interface Exchanged {
  rows: JournalRow[];
  reply?: SyncReply;
  error?: ProblemError;
}

export async function readingMark(store: Store): Promise<ReadingMark> {
  return ((await store.db.get("meta", READING)) as ReadingMark | undefined) ?? {};
}

/** As many rows as one request may hold, at least one. */
export function firstBatch(rows: JournalRow[]): JournalRow[] {
  const batch: JournalRow[] = [];
  let characters = 0;
  for (const row of rows.slice(0, MOST_ENVELOPES)) {
    characters += Math.ceil(row.textBytes / 3) * 4 + 200;
    if (batch.length > 0 && characters > MOST_CHARACTERS) break;
    batch.push(row);
  }
  return batch;
}

/** Throws Unreachable when the server was not heard. */
export async function exchange(context: Exchange, batch: JournalRow[]): Promise<Exchanged[]> {
  try {
    return [{ rows: batch, reply: await post(context, batch) }];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (batch.length < 2) return [{ rows: batch, error }];
    const half = Math.ceil(batch.length / 2);
    const first = await exchange(context, batch.slice(0, half));
    return [...first, ...(await exchange(context, batch.slice(half)))];
  }
}

async function post({ store, around, reads }: Exchange, rows: JournalRow[]): Promise<SyncReply> {
  const device = rows.length > 0 ? await openDevice(store) : await knownDevice(store);
  const mark = reads ? await readingMark(store) : {};
  const envelopes = rows.flatMap(({ id, envelope }) =>
    envelope ? [{ id, kid: envelope.kid, sealed: base64url(envelope.sealed) }] : [],
  );
  const body = {
    v: 1,
    envelopes,
    ...(device && { device: await claimOf(device, mark) }),
    ...(mark.cursor && { cursor: mark.cursor }),
    catalogue: (await keptCatalogue(store.shared))?.catalogue.digest,
    language: (await readSetting(store.shared, "language")) ?? "vi",
  };
  const withLogin = reads && (await isSignedIn(store));
  const reply = await callJson<SyncReply>(around, "/sync", { body, withLogin });
  if (!isWhole(reply)) throw new Unreachable("network-garbled");
  return reply;
}

function claimOf(device: Device, { nonce, cursor }: ReadingMark) {
  return claim(device, nonce, cursor ?? "");
}

function isWhole(reply: Partial<SyncReply> | null): reply is SyncReply {
  return (
    reply?.v === 1 &&
    typeof reply.nonce === "string" &&
    Array.isArray(reply.verdicts) &&
    Array.isArray(reply.changes)
  );
}
