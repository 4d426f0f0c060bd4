/**
 * The pages of received items, one after the other: what is still missing goes up, and an item whose
 * last page is with the server is settled.
 */
import { codeOf, Unreachable } from "../api/problems.ts";
import { readBlob } from "../store/blobs.ts";
import type { Bytes } from "../store/bytes.ts";
import { StoreError } from "../store/errors.ts";
import type { JournalPage, JournalRow } from "../store/records.ts";
import type { Store } from "../store/schema.ts";
import type { Exchange } from "./exchange.ts";
import { learnPace } from "./pace.ts";
import { letGo, note, rows } from "./queue.ts";
import { backInLine } from "./send.ts";
import { isDue, pageMoved, settled, type Trigger } from "./transitions.ts";
import { uploadPage } from "./uploads.ts";

/**
 * @returns whether the last page of an item has arrived. Throws Unreachable when the network went
 *   away; the rows are back in line then.
 */
export async function sendPages(context: Exchange, trigger: Trigger): Promise<boolean> {
  const { store, around } = context;
  let isComplete = false;
  const open = (await rows(store)).filter(
    (row) => row.state === "received" && isDue(row, trigger, around.now()),
  );
  for (const row of open) {
    try {
      await sendPagesOf(context, row);
      isComplete = true;
    } catch (error) {
      const present = (await store.db.get("journal", row.id)) ?? row;
      // A server that was set back to an older state has forgotten the text: it goes again first.
      const isForgotten = codeOf(error) === "upload-not-expected";
      const current = isForgotten ? { ...present, state: "queued" as const } : present;
      const retryAfter = error instanceof Unreachable ? error.retryAfter : null;
      await backInLine(context, [current], codeOf(error), retryAfter);
      if (error instanceof Unreachable) throw error;
    }
  }
  return isComplete;
}

async function sendPagesOf({ store, around }: Exchange, start: JournalRow): Promise<void> {
  let row = start;
  const move = async (page: JournalPage, place: { sent: number; upload: string | null }) => {
    row = pageMoved(row, page.digest, place);
    await note(store, [row]);
  };
  for (const page of start.pages) {
    if (page.sent >= page.length) continue;
    const data = () => ciphertext(store, page.digest);
    const started = around.now();
    await uploadPage(around, page, data, (place) => move(page, place));
    await learnPace(store.shared, page.length - page.sent, around.now() - started);
  }
  await letGo(store, settled(row, around.now()));
}

async function ciphertext(store: Store, digest: string): Promise<Bytes> {
  const data = await readBlob(store, digest);
  if (!data) throw new StoreError("record-missing");
  return new Uint8Array(data);
}
