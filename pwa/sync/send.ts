/**
 * Deliver mutations and read the verdicts. Every item of a round ends in exactly one of: settled or
 * received on a verified receipt, needs-repair on a refusal or conflict, back in line with a reason.
 */
import type { SyncReply, Verdict } from "../api/contract.ts";
import { codeOf, Unreachable } from "../api/problems.ts";
import { readCatalogue } from "../store/definitions.ts";
import { StoreError } from "../store/errors.ts";
import type { JournalRow } from "../store/records.ts";
import type { Store } from "../store/schema.ts";
import { refreshCatalogue } from "./catalogue.ts";
import { type Exchange, exchange, post } from "./exchange.ts";
import { giveBack, keep, letGo, note } from "./queue.ts";
import { type ReceiptFault, receiptFault } from "./receipts.ts";
import { failed, isUnsent, needsRepair, receipted, sending } from "./transitions.ts";

/** The status of a request that is larger than the server, or something before it, takes. */
const TOO_LARGE = 413;

/** The replies, for whoever reads the changes in them. Throws Unreachable with the rows back in line. */
export async function deliver(context: Exchange, batch: JournalRow[]): Promise<SyncReply[]> {
  const { store, around } = context;
  const onTheWay = batch.map(sending);
  await note(store, onTheWay);
  const replies: SyncReply[] = [];
  const again: JournalRow[] = [];
  try {
    const answers = await exchange<JournalRow>((rows) => post(context, rows), onTheWay);
    for (const { rows, reply, error } of answers) {
      if (reply) {
        again.push(...(await applyVerdicts(context, rows, reply.verdicts)));
        replies.push(reply);
      } else if (error?.status === TOO_LARGE && rows[0]) {
        // It stands alone here, and will not get smaller by waiting.
        const { id } = rows[0];
        const problem = { code: "mutation-too-large" };
        await refuse(context, rows[0], { id, verdict: "refused", problem });
      } else {
        await backInLine(context, rows, codeOf(error), null);
      }
    }
  } catch (error) {
    const retryAfter = error instanceof Unreachable ? error.retryAfter : null;
    const unanswered = await stillSending(store, onTheWay);
    await backInLine({ store, around }, unanswered, codeOf(error), retryAfter);
    throw error;
  }
  return again.length > 0 ? [...replies, ...(await deliver(context, again))] : replies;
}

/** Halved requests may have brought verdicts for some rows before the network went away. */
async function stillSending(store: Store, rows: JournalRow[]): Promise<JournalRow[]> {
  const present = await Promise.all(rows.map(({ id }) => store.db.get("journal", id)));
  return present.filter(
    (row, at): row is JournalRow =>
      row !== undefined && isUnsent(row) && row.attempts === rows[at]?.attempts,
  );
}

export async function backInLine(
  { store, around }: Pick<Exchange, "store" | "around">,
  rows: JournalRow[],
  reason: string,
  retryAfter: number | null,
): Promise<void> {
  const circumstances = { now: around.now(), random: Math.random(), retryAfter };
  await note(
    store,
    rows.map((row) => failed(row, reason, circumstances)),
  );
}

/** @returns what has been sealed anew and may go once more */
async function applyVerdicts(
  context: Exchange,
  rows: JournalRow[],
  verdicts: Verdict[],
): Promise<JournalRow[]> {
  const again: JournalRow[] = [];
  for (const row of rows) {
    try {
      again.push(...(await applyVerdict(context, row, verdicts)));
    } catch (error) {
      // A locked store takes no refusal in, a full one no receipt: this one waits, the others go on.
      if (!(error instanceof StoreError)) throw error;
      await backInLine(context, [row], error.code, null);
    }
  }
  return again;
}

async function applyVerdict(
  context: Exchange,
  row: JournalRow,
  verdicts: Verdict[],
): Promise<JournalRow[]> {
  const verdict = verdicts.find(({ id }) => id === row.id);
  switch (verdict?.verdict) {
    case "applied":
    case "repeated":
    case "held":
      await accept(context, row, verdict);
      return [];
    case "conflict":
    case "refused":
      return refuse(context, row, verdict);
    default:
      // None for this one, or one that this version does not know: later.
      await backInLine(context, [row], "verdict-missing", null);
      return [];
  }
}

async function accept(context: Exchange, row: JournalRow, verdict: Verdict): Promise<void> {
  const { store, around } = context;
  const fault = await checkReceipt(context, row, verdict);
  if (fault) {
    await backInLine(context, [row], fault, null);
    return;
  }
  const next = receipted(row, verdict, around.now());
  if (next.state === "settled") await letGo(store, next);
  else await keep(store, [next], "strict");
}

async function checkReceipt(
  { store, around }: Exchange,
  row: JournalRow,
  { receipt }: Verdict,
): Promise<ReceiptFault | null> {
  const catalogue = await readCatalogue(store.shared);
  const fault = await receiptFault(catalogue?.receiptKeys ?? [], receipt, row);
  if (fault !== "receipt-key-unknown") return fault;
  // The server may have changed its key since: ask once for the new list.
  const newer = await refreshCatalogue(store.shared, around).catch(() => undefined);
  return newer ? receiptFault(newer.receiptKeys, receipt, row) : fault;
}

/** A task for the person, unless it was only the agency's key that changed. @returns the row for another try */
async function refuse(context: Exchange, row: JournalRow, verdict: Verdict): Promise<JournalRow[]> {
  const { store } = context;
  if (store.vault.isLocked) {
    // What it was sealed from, and theirs, belong behind the lock: asked for again once it is open.
    await backInLine(context, [row], "store-locked", null);
    return [];
  }
  if (verdict.problem?.code === "envelope-key-unknown") {
    const { resealed } = await import("./resealing.ts");
    const fresh = await resealed(context, row);
    if (fresh) {
      await keep(store, [fresh], "strict");
      return [fresh];
    }
  }
  const next = needsRepair(row, verdict);
  const theirs =
    verdict.theirs === undefined
      ? null
      : await store.vault.seal(`theirs/${row.id}`, verdict.theirs);
  await giveBack(store, { ...next, theirs });
  return [];
}
