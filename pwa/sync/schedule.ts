/**
 * When the page runs a round: at start, when the network or the page comes back, after each Send, on
 * the button, and by a timer at the earliest next try. Background Sync is asked for as well where it
 * exists, for the time after the page is closed; nothing relies on it.
 */
import { type Net, net } from "../api/client.ts";
import { codeOf } from "../api/problems.ts";
import type { JournalRow } from "../store/records.ts";
import type { Store } from "../store/schema.ts";
import { watch } from "../store/watch.ts";
import { OUTBOX } from "./outbox.ts";
import { rows } from "./queue.ts";
import { type Outcome, runRound } from "./round.ts";
import { dueAt, isUnsent, type Trigger } from "./transitions.ts";

export interface Status {
  isRunning: boolean;
  /** When the timer tries next; null when nothing waits. Milliseconds since 1970. */
  retryAt: number | null;
  /** Why the last round ended early. */
  lastReason: string | null;
}

export interface Schedule {
  /** A round now, whatever the waiting times say. */
  sendNow(): Promise<Outcome>;
  status(): Status;
  /** Tells after each round and when one begins. @returns stops telling */
  subscribe(listener: (status: Status) => void): () => void;
  /** No more rounds from this page: before another person's store is opened. */
  stop(): void;
}

/** Coming back to the page often must not mean asking often. */
const SHOWN_PAUSE = 20_000;

export function startSchedule(store: Store, around: Net = net): Schedule {
  let status: Status = { isRunning: false, retryAt: null, lastReason: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let lastRound = 0;
  let running: Promise<Outcome> = Promise.resolve({ reason: null, news: [] });
  let queued: { trigger: Trigger; outcome: Promise<Outcome> } | null = null;
  const listeners = new Set<(status: Status) => void>();

  const tell = (change: Partial<Status>) => {
    status = { ...status, ...change };
    for (const listener of listeners) listener(status);
  };

  /** One round at a time; triggers that come meanwhile share the next one. */
  const run = (trigger: Trigger): Promise<Outcome> => {
    if (queued) {
      if (trigger === "button") queued.trigger = "button";
      return queued.outcome;
    }
    const turn = { trigger, outcome: running };
    const start = () => {
      queued = null;
      running = round(turn.trigger);
      return running;
    };
    turn.outcome = running.then(start, start);
    queued = turn;
    return turn.outcome;
  };

  const round = async (trigger: Trigger): Promise<Outcome> => {
    if (isStopped) return { reason: null, news: [] };
    clearTimeout(timer);
    tell({ isRunning: true });
    try {
      const outcome = await runRound(store, trigger, around);
      lastRound = around.now();
      tell({ lastReason: outcome.reason });
      return outcome;
    } finally {
      await wait();
    }
  };

  const wait = async () => {
    const waiting = (await rows(store)).filter(isWaiting);
    const retryAt =
      waiting.length > 0 ? Math.min(...waiting.map((row) => dueAt(row, around.now()))) : null;
    tell({ isRunning: false, retryAt });
    if (retryAt === null || isStopped) return;
    timer = setTimeout(() => quietly("timer"), Math.max(1_000, retryAt - around.now()));
    await askBackground();
  };

  /** For triggers that nobody waits for; what went wrong stands in status and journal. */
  const quietly = (trigger: Trigger) => {
    run(trigger).catch((error: unknown) => tell({ isRunning: false, lastReason: codeOf(error) }));
  };

  const online = () => quietly("online");
  const shown = () => {
    const isRecent = around.now() - lastRound < SHOWN_PAUSE;
    if (document.visibilityState === "visible" && !isRecent) quietly("shown");
  };
  const connection = (navigator as { connection?: EventTarget }).connection;
  const unwatch = watch((topic) => topic === "sent" && quietly("sent"));
  addEventListener("online", online);
  connection?.addEventListener("change", online);
  document.addEventListener("visibilitychange", shown);
  quietly("start");

  return {
    sendNow: () => run("button"),
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      unwatch();
      removeEventListener("online", online);
      connection?.removeEventListener("change", online);
      document.removeEventListener("visibilitychange", shown);
    },
  };
}

function isWaiting(row: JournalRow): boolean {
  return isUnsent(row) || row.state === "received";
}

/** Refused without permission or where there is none: then the page's own triggers must do. */
async function askBackground(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const sync = (registration as { sync?: { register(tag: string): Promise<void> } } | undefined)
    ?.sync;
  await sync?.register(OUTBOX).catch(() => undefined);
}
