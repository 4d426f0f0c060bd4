/**
 * What becomes of a journal item, as pure functions from row to row: when it is due, how long it
 * waits after a failure, and what each verdict makes of it. A passing failure keeps its place in line;
 * only a verified receipt lets an item go.
 */
import type { Fault, Verdict } from "../api/contract.ts";
import type { Delivery, JournalRow } from "../store/records.ts";

/** Why a round of sending begins. "timer" is the only one that waits for an item's own next try. */
export type Trigger =
  | "timer"
  | "start"
  | "online"
  | "shown"
  | "sent"
  | "push"
  | "background"
  | "button";

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 15 * 60_000;
/** No wait that this phone sets itself, nor one it takes from a server, is longer. */
const LONGEST_QUIET = 3_600_000;

/** 5 s doubling up to 15 minutes, less a random part of up to half, so that phones spread out. */
export function backOff(attempts: number, random: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts - 1, 20));
  return Math.round(wait * (0.5 + random / 2));
}

/** The text wants to go. "sending" is left over from a round that died: the writer's lock is ours. */
export function isUnsent(row: Delivery): boolean {
  return row.state === "saved" || row.state === "queued" || row.state === "sending";
}

/** The text arrived, pages are on their way. */
export function hasPagesLeft(row: Delivery): boolean {
  return row.state === "received" && row.pages.some(({ sent, length }) => sent < length);
}

/** When it may be tried next. A time further off than any wait was set by a clock that has moved since. */
export function dueAt({ nextTryAt }: Pick<Delivery, "nextTryAt">, now: number): number {
  return nextTryAt - now > LONGEST_QUIET ? now : nextTryAt;
}

/** May it be tried now? The button overrides even the server's wish for quiet. */
export function isDue(row: Delivery, trigger: Trigger, now: number): boolean {
  if (trigger === "button") return true;
  const isQuiet = row.notBefore > now && row.notBefore - now <= LONGEST_QUIET;
  return !isQuiet && (trigger !== "timer" || dueAt(row, now) <= now);
}

export function sending<Row extends Delivery>(row: Row): Row {
  return { ...row, state: "sending" };
}

/** A passing failure: same place in line, tried again later. */
export function failed<Row extends Delivery>(
  row: Row,
  reason: string,
  around: { now: number; random: number; retryAfter?: number | null },
): Row {
  const attempts = row.attempts + 1;
  const notBefore = around.now + (around.retryAfter ?? 0);
  return {
    ...row,
    state: row.state === "received" ? "received" : "queued",
    reason,
    attempts,
    notBefore,
    nextTryAt: Math.max(notBefore, around.now + backOff(attempts, around.random)),
  };
}

/** The receipt verifies: settled, or received while pages are outstanding. The server may want none any more. */
export function receipted(row: JournalRow, verdict: Verdict, now: number): JournalRow {
  const received: JournalRow = {
    ...row,
    state: "received",
    // A repetition of what is held still waits for a person.
    verdict: verdict.reason ? "held" : verdict.verdict,
    heldFor: verdict.reason,
    receipt: verdict.receipt ?? null,
    reason: null,
    attempts: 0,
    nextTryAt: 0,
    notBefore: 0,
  };
  const { pages } = verdict;
  const isWhole = pages && pages.received >= pages.total;
  return !isWhole && hasPagesLeft(received) ? received : settled(received, now);
}

/** Everything is with the server. The receipt stays, what it stands for may go. */
export function settled(row: JournalRow, now: number): JournalRow {
  return { ...row, state: "settled", reason: null, envelope: null, signed: null, settledAt: now };
}

/** The server said no: a task for the person, with the place to go to. */
export function needsRepair(row: JournalRow, verdict: Verdict): JournalRow {
  const faults: Fault[] = Array.isArray(verdict.problem?.faults) ? verdict.problem.faults : [];
  return {
    ...row,
    state: "needs-repair",
    verdict: verdict.verdict,
    reason: verdict.problem?.code ?? verdict.verdict,
    faults,
  };
}

/** Bytes of a page moved: `sent` of `length` are with the server, at `upload`. */
export function pageMoved<Row extends Delivery>(
  row: Row,
  digest: string,
  move: { sent: number; upload: string | null },
): Row {
  const pages = row.pages.map((page) => (page.digest === digest ? { ...page, ...move } : page));
  return { ...row, pages };
}
