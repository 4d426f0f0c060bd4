/**
 * Delivering what is carried for other phones: texts first, then the pages that came along. The
 * server takes an envelope from anyone, so no login, no device key and no cursor goes with it. What
 * has a receipt that verifies, and no page left here, leaves this phone; its own phone gets the very
 * same receipt when it next hears the server.
 */
import type { Net } from "../api/client.ts";
import type { Verdict } from "../api/contract.ts";
import { codeOf, Unreachable } from "../api/problems.ts";
import { readCatalogue } from "../store/definitions.ts";
import type { RelayedRow } from "../store/records.ts";
import { dropRelayed, keepRelayed, parcel, relayed } from "../store/relayed.ts";
import type { Shared } from "../store/schema.ts";
import { refreshCatalogue } from "../sync/catalogue.ts";
import { ask, exchange, firstBatch, letter } from "../sync/exchange.ts";
import { type ReceiptFault, receiptFault } from "../sync/receipts.ts";
import { failed, isDue, isUnsent, pageMoved, type Trigger } from "../sync/transitions.ts";
import { uploadPage } from "../sync/uploads.ts";

/** Throws Unreachable when the server was not heard, with everything back in line. */
export async function forward(shared: Shared, around: Net, trigger: Trigger): Promise<void> {
  const due = (await relayed(shared)).filter((row) => isDue(row, trigger, around.now()));
  let waiting = due.filter(isUnsent);
  while (waiting.length > 0) {
    const batch = firstBatch(waiting);
    waiting = waiting.slice(batch.length);
    await deliver(shared, around, batch);
  }
  const ready = due.map(({ id }) => id);
  for (const row of await relayed(shared)) {
    if (row.state === "received" && ready.includes(row.id)) await sendPages(shared, around, row);
  }
}

async function deliver(shared: Shared, around: Net, batch: RelayedRow[]): Promise<void> {
  try {
    const post = async (rows: RelayedRow[]) => ask(around, await letter(shared, rows), false);
    for (const { rows, reply, error } of await exchange<RelayedRow>(post, batch)) {
      for (const row of rows) {
        const verdict = reply?.verdicts.find(({ id }) => id === row.id);
        const next = verdict
          ? await judged(shared, around, row, verdict)
          : again(row, around, reply ? "verdict-missing" : codeOf(error), null);
        await keepRelayed(shared, [next]);
      }
    }
  } catch (error) {
    const quiet = error instanceof Unreachable ? error.retryAfter : null;
    const here = await Promise.all(batch.map(({ id }) => shared.get("relayed", id)));
    const unanswered = here.filter((row): row is RelayedRow => row?.state === "queued");
    await keepRelayed(
      shared,
      unanswered.map((row) => again(row, around, codeOf(error), quiet)),
    );
    throw error;
  }
}

async function judged(
  shared: Shared,
  around: Net,
  row: RelayedRow,
  verdict: Verdict,
): Promise<RelayedRow> {
  switch (verdict.verdict) {
    case "applied":
    case "repeated":
    case "held": {
      const fault = await checkReceipt(shared, around, row, verdict.receipt);
      if (fault) return again(row, around, fault, null);
      const receipt = verdict.receipt ?? null;
      // The server wants none of the pages any more, or its own phone has brought them all.
      const isWhole = verdict.pages && verdict.pages.received >= verdict.pages.total;
      const pages = isWhole ? row.pages.map((page) => ({ ...page, sent: page.length })) : row.pages;
      const heard = { receipt, reason: null, attempts: 0, nextTryAt: 0 };
      return { ...row, ...heard, state: "received", pages };
    }
    case "conflict":
    case "refused":
      // Its own phone hears the same and has what is needed to mend it; here it is only told.
      return { ...row, state: "needs-repair", reason: verdict.problem?.code ?? verdict.verdict };
    default:
      return again(row, around, "verdict-missing", null);
  }
}

async function checkReceipt(
  shared: Shared,
  around: Net,
  row: RelayedRow,
  receipt: string | undefined,
): Promise<ReceiptFault | null> {
  const catalogue = await readCatalogue(shared);
  const fault = await receiptFault(catalogue?.receiptKeys ?? [], receipt, row);
  if (fault !== "receipt-key-unknown") return fault;
  const newer = await refreshCatalogue(shared, around).catch(() => undefined);
  return newer ? receiptFault(newer.receiptKeys, receipt, row) : fault;
}

async function sendPages(shared: Shared, around: Net, start: RelayedRow): Promise<void> {
  let row = start;
  try {
    for (const page of start.pages) {
      const data = page.sent < page.length ? await parcel(shared, page.digest) : undefined;
      if (!data) continue;
      await uploadPage(
        around,
        page,
        async () => new Uint8Array(data),
        async (place) => {
          row = pageMoved(row, page.digest, place);
          await keepRelayed(shared, [row]);
        },
      );
    }
    await dropRelayed(shared, row);
  } catch (error) {
    const quiet = error instanceof Unreachable ? error.retryAfter : null;
    await keepRelayed(shared, [again(row, around, codeOf(error), quiet)]);
    if (error instanceof Unreachable) throw error;
  }
}

function again(row: RelayedRow, around: Net, reason: string, retryAfter: number | null) {
  return failed(row, reason, { now: around.now(), random: Math.random(), retryAfter });
}
