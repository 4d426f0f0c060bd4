/**
 * What this phone could not send, as one file for any other phone or the desk: the envelopes and the
 * pages' ciphertexts as they lie in the journal. Nothing is taken off the journal: it settles when
 * this phone next hears the server, which then gives the receipt of what has arrived meanwhile.
 */
import { readBlob } from "../store/blobs.ts";
import { instant } from "../store/identifiers.ts";
import type { JournalRow } from "../store/records.ts";
import type { Store } from "../store/schema.ts";
import { rows } from "../sync/queue.ts";
import { hasPagesLeft, isUnsent } from "../sync/transitions.ts";
import { type Passed, SUFFIX, Writer } from "./container.ts";

/** What can be handed on: it has its envelope, and something of it is not with the server. */
export async function passable(store: Store): Promise<JournalRow[]> {
  return (await rows(store)).filter(
    (row) => row.envelope !== null && (isUnsent(row) || hasPagesLeft(row)),
  );
}

/** Bytes that a file of these would have, about. */
export function weightOf(items: readonly JournalRow[], withPages: boolean): number {
  return items.reduce((sum, row) => {
    const pages = withPages ? row.pages.reduce((all, { length }) => all + length, 0) : 0;
    return sum + row.textBytes + pages + 400;
  }, 0);
}

/** @param withPages false: the texts alone, for the way from screen to camera */
export async function rescueFile(
  store: Store,
  items: readonly JournalRow[],
  withPages = true,
): Promise<File> {
  const writer = new Writer();
  for (const row of items) {
    if (row.envelope) await writer.envelope(passed(row, row.envelope));
    // Right behind its text: whoever reads a file that was cut has whole dossiers first.
    for (const { digest, sent, length } of withPages ? row.pages : []) {
      const data = sent < length ? await readBlob(store, digest) : undefined;
      if (data) await writer.page(new Uint8Array(data));
    }
  }
  const file = await writer.finish();
  const [first] = items;
  const day = instant(Date.now()).slice(0, 10);
  const name = items.length === 1 && first ? first.code : `${items.length}-ho-so`;
  return new File([file], `${name}-${day}${SUFFIX}`, { type: file.type });
}

function passed(row: JournalRow, envelope: NonNullable<JournalRow["envelope"]>): Passed {
  const { id, dossier, digest, device, createdAt } = row;
  return {
    ...{ id, dossier, digest, device, kid: envelope.kid, at: instant(createdAt) },
    pages: row.pages.map((page) => ({ digest: page.digest, length: page.length })),
    sealed: envelope.sealed,
  };
}
