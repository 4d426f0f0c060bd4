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
import type { Delivery } from "../store/records.ts";
import type { Shared, Store } from "../store/schema.ts";

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
export interface Exchanged<Row> {
  rows: Row[];
  reply?: SyncReply;
  error?: ProblemError;
}

export async function readingMark(store: Store): Promise<ReadingMark> {
  return ((await store.db.get("meta", READING)) as ReadingMark | undefined) ?? {};
}

/** As many rows as one request may hold, at least one. */
export function firstBatch<Row extends Delivery>(rows: Row[]): Row[] {
  const batch: Row[] = [];
  let characters = 0;
  for (const row of rows.slice(0, MOST_ENVELOPES)) {
    characters += Math.ceil(row.textBytes / 3) * 4 + 200;
    if (batch.length > 0 && characters > MOST_CHARACTERS) break;
    batch.push(row);
  }
  return batch;
}

/** @param post one request for some rows. Throws Unreachable when the server was not heard. */
export async function exchange<Row extends Delivery>(
  post: (rows: Row[]) => Promise<SyncReply>,
  batch: Row[],
): Promise<Exchanged<Row>[]> {
  try {
    return [{ rows: batch, reply: await post(batch) }];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (batch.length < 2) return [{ rows: batch, error }];
    const half = Math.ceil(batch.length / 2);
    const first = await exchange(post, batch.slice(0, half));
    return [...first, ...(await exchange(post, batch.slice(half)))];
  }
}

/** Sends rows of a store and asks for its changes. */
export async function post(
  { store, around, reads }: Exchange,
  rows: Delivery[],
): Promise<SyncReply> {
  const device = rows.length > 0 ? await openDevice(store) : await knownDevice(store);
  const mark = reads ? await readingMark(store) : {};
  const body = {
    ...(await letter(store.shared, rows)),
    ...(device && { device: await claimOf(device, mark) }),
    ...(mark.cursor && { cursor: mark.cursor }),
    catalogue: (await keptCatalogue(store.shared))?.catalogue.digest,
  };
  return ask(around, body, reads && (await isSignedIn(store)));
}

/** What carries envelopes and asks for nothing: enough to deliver for another phone. */
export async function letter(shared: Shared, rows: Delivery[]) {
  const envelopes = rows.flatMap(({ id, envelope }) =>
    envelope ? [{ id, kid: envelope.kid, sealed: base64url(envelope.sealed) }] : [],
  );
  return { v: 1, envelopes, language: (await readSetting(shared, "language")) ?? "vi" };
}

/** One request and its answer, proven whole. */
export async function ask(around: Net, body: object, withLogin: boolean): Promise<SyncReply> {
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
