import assert from "node:assert/strict";
import test from "node:test";
import type { JournalRow } from "../../../pwa/store/records.ts";
import {
  backOff,
  failed,
  isDue,
  isUnsent,
  needsRepair,
  pageMoved,
  receipted,
} from "../../../pwa/sync/transitions.ts";

const row = (change: Partial<JournalRow> = {}): JournalRow => ({
  id: "m",
  dossier: "d",
  code: "HS-0000-0000",
  draft: "draft",
  kind: "dossier.submit",
  state: "saved",
  createdAt: 0,
  digest: "",
  device: "",
  envelope: { kid: "k", sealed: new Uint8Array(3) },
  textBytes: 3,
  pages: [],
  verdict: null,
  receipt: null,
  reason: null,
  faults: [],
  attempts: 0,
  nextTryAt: 0,
  notBefore: 0,
  settledAt: null,
  sealed: { iv: new Uint8Array(12), data: new ArrayBuffer(0) },
  signed: null,
  theirs: null,
  ...change,
});

const page = { digest: "p", length: 100, sent: 0, upload: null };

test("waiting doubles from 5 s up to 15 minutes, at least half of it after jitter", () => {
  assert.equal(backOff(1, 1), 5_000);
  assert.equal(backOff(2, 1), 10_000);
  assert.equal(backOff(1, 0), 2_500);
  for (const attempts of [9, 50, 5_000]) assert.equal(backOff(attempts, 1), 900_000);
});

test("a passing failure keeps the item in line with its reason", () => {
  const next = failed(row({ state: "sending" }), "network-none", { now: 1_000, random: 1 });
  assert.equal(next.state, "queued");
  assert.equal(next.reason, "network-none");
  assert.equal(next.attempts, 1);
  assert.equal(next.nextTryAt, 6_000);
  assert.ok(next.envelope);
});

test("a failure among the pages does not send the text again", () => {
  const next = failed(row({ state: "received" }), "network-none", { now: 0, random: 1 });
  assert.equal(next.state, "received");
  assert.equal(isUnsent(next), false);
});

test("an item left over as sending is sent again", () => {
  assert.equal(isUnsent(row({ state: "sending" })), true);
  assert.equal(isUnsent(row({ state: "settled" })), false);
  assert.equal(isUnsent(row({ state: "needs-repair" })), false);
});

test("only the timer waits for the next try, and only the button overrides the server's wish", () => {
  const waiting = failed(row(), "server-busy", { now: 0, random: 1, retryAfter: 60_000 });
  assert.equal(waiting.nextTryAt, 60_000);
  assert.equal(isDue(waiting, "online", 30_000), false);
  assert.equal(isDue(waiting, "button", 30_000), true);
  assert.equal(isDue(waiting, "timer", 60_000), true);
  const failing = failed(row(), "network-none", { now: 0, random: 1 });
  assert.equal(isDue(failing, "timer", 1_000), false);
  assert.equal(isDue(failing, "online", 1_000), true);
});

test("a receipt settles an item without pages and lets its envelope go", () => {
  const next = receipted(row(), { id: "m", verdict: "applied", receipt: "r" }, 9);
  assert.equal(next.state, "settled");
  assert.equal(next.receipt, "r");
  assert.equal(next.envelope, null);
  assert.equal(next.settledAt, 9);
});

test("an item with pages is received until the last byte has moved", () => {
  const next = receipted(row({ pages: [page] }), { id: "m", verdict: "held", receipt: "r" }, 9);
  assert.equal(next.state, "received");
  assert.equal(next.verdict, "held");
  const moved = pageMoved(next, "p", { sent: 40, upload: "/uploads/1" });
  assert.deepEqual(moved.pages, [{ ...page, sent: 40, upload: "/uploads/1" }]);
});

test("pages that the server has all, or wants no more, are not waited for", () => {
  for (const pages of [
    { received: 1, total: 1 },
    { received: 0, total: 0 },
  ]) {
    const verdict = { id: "m", verdict: "repeated", receipt: "r", pages } as const;
    assert.equal(receipted(row({ pages: [page] }), verdict, 9).state, "settled");
  }
  const pages = { received: 0, total: 1 };
  const verdict = { id: "m", verdict: "repeated", receipt: "r", pages } as const;
  assert.equal(receipted(row({ pages: [page] }), verdict, 9).state, "received");
});

test("a refusal becomes a repair task with code and faults", () => {
  const faults = [{ ref: "/data/ten", kind: "required" }];
  const problem = { code: "answers-invalid", faults };
  const next = needsRepair(row(), { id: "m", verdict: "refused", problem });
  assert.equal(next.state, "needs-repair");
  assert.equal(next.reason, "answers-invalid");
  assert.deepEqual(next.faults, faults);
  assert.equal(needsRepair(row(), { id: "m", verdict: "conflict" }).reason, "conflict");
});
