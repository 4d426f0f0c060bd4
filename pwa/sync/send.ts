/**
 * Deliver mutations and read the verdicts. Every item of a round ends in exactly one of: settled or
 * received on a verified receipt, needs-repair on a refusal or conflict, back in line with a reason.
 */
import type { SyncReply, Verdict } from "../api/contract.ts";
import { codeOf, Unreachable } from "../api/problems.ts";
import { readCatalogue } from "../store/definitions.ts";
import type { JournalRow } from "../store/records.ts";
import type { Store } from "../store/schema.ts";
import { refreshCatalogue } from "./catalogue.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { giveBack, keep, letGo } from "./queue.ts";
import { type ReceiptFault, receiptFault } from "./receipts.ts";
import { failed, needsRepair, receipted, sending } from "./transitions.ts";

/** The replies, for whoever reads the changes in them. Throws Unreachable with the rows back in line. */
export async function deliver(context: Exchange, batch: JournalRow[]): Promise<SyncReply[]> {
  const { store, around } = context;
  const onTheWay = batch.map(sending);
  await keep(store, onTheWay);
  const replies: SyncReply[] = [];
  try {
    for (const { rows, reply, error } of await exchange(context, onTheWay)) {
      if (reply) {
        await applyVerdicts(context, rows, reply.verdicts);
        replies.push(reply);
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
  return replies;
}

/** Halved requests may have brought verdicts for some rows before the network went away. */
async function stillSending(store: Store, rows: JournalRow[]): Promise<JournalRow[]> {
  const present = await Promise.all(rows.map(({ id }) => store.db.get("journal", id)));
  return present.filter((row): row is JournalRow => row?.state === "sending");
}

export async function backInLine(
  { store, around }: Pick<Exchange, "store" | "around">,
  rows: JournalRow[],
  reason: string,
  retryAfter: number | null,
): Promise<void> {
  const circumstances = { now: around.now(), random: Math.random(), retryAfter };
  await keep(
    store,
    rows.map((row) => failed(row, reason, circumstances)),
  );
}

async function applyVerdicts(
  context: Exchange,
  rows: JournalRow[],
  verdicts: Verdict[],
): Promise<void> {
  for (const row of rows) {
    const verdict = verdicts.find(({ id }) => id === row.id);
    switch (verdict?.verdict) {
      case "applied":
      case "repeated":
      case "held":
        await accept(context, row, verdict);
        break;
      case "conflict":
      case "refused":
        await refuse(context, row, verdict);
        break;
      default:
        // None for this one, or one that this version does not know: later.
        await backInLine(context, [row], "verdict-missing", null);
    }
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

async function refuse({ store }: Exchange, row: JournalRow, verdict: Verdict): Promise<void> {
  const next = needsRepair(row, verdict);
  const theirs =
    verdict.theirs === undefined
      ? null
      : await store.vault.seal(`theirs/${row.id}`, verdict.theirs);
  await giveBack(store, { ...next, theirs });
}
