import assert from "node:assert/strict";
import test from "node:test";
import { items } from "../../../pwa/sync/queue.ts";
import { freshPhone } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";
import { json, problem } from "./server.ts";

freshPhone();

const html = (status: number) =>
  new Response("<html>Đăng nhập Wi-Fi</html>", {
    status,
    headers: { "Content-Type": "text/html" },
  });

/** Each with the reason the item must show; all keep it in line. */
const FAILURES: [string, string, () => Response][] = [
  [
    "no network",
    "network-none",
    () => {
      throw new TypeError("Failed to fetch");
    },
  ],
  ["a captive portal's page with status 200", "network-captive", () => html(200)],
  ["a proxy's page with status 403", "network-captive", () => html(403)],
  ["a gateway's error page", "server-busy", () => html(502)],
  [
    "an answer cut short",
    "network-garbled",
    () => new Response('{"v":1,"nonce":"x"', { headers: { "Content-Type": "application/json" } }),
  ],
  ["JSON that is no answer of the protocol", "network-garbled", () => json({ hello: "world" })],
  ["null", "network-garbled", () => json(null)],
  ["401 with a problem", "sign-in-required", () => problem(401, "sign-in-required")],
  ["403 with a problem", "origin-forbidden", () => problem(403, "origin-forbidden")],
  ["409 with a problem", "dossier-changed", () => problem(409, "dossier-changed")],
  ["422 with a problem", "input-missing", () => problem(422, "input-missing")],
  ["429", "server-busy", () => problem(429, "too-many-attempts")],
  ["500 with a problem", "server-busy", () => problem(500, "server-fault")],
  ["503", "server-busy", () => problem(503, "server-busy")],
];

for (const [name, reason, answer] of FAILURES) {
  test(`${name}: the item keeps its place with a reason and arrives later`, async () => {
    const { store, server, round } = await phoneAndServer();
    await sent(store);
    server.before = ({ path }) => (path === "/sync" ? answer() : undefined);
    await round();
    const waiting = await onlyItem(store);
    assert.deepEqual([waiting.state, waiting.reason, waiting.attempts], ["queued", reason, 1]);
    assert.ok(waiting.nextTryAt > server.clock && waiting.nextTryAt <= server.clock + 5_000);
    server.before = () => undefined;
    server.clock += 5_000;
    await round("timer");
    assert.equal((await onlyItem(store)).state, "settled");
  });
}

test("413 for one item alone is a task for the person, and the others arrive", async () => {
  const { store, server, round } = await phoneAndServer();
  const { item } = await sent(store);
  await sent(store);
  await sent(store);
  server.before = ({ path, body }) => {
    const { envelopes } = body as { envelopes: { id: string }[] };
    const isTooMuch = path === "/sync" && envelopes.some(({ id }) => id === item.id);
    return isTooMuch ? problem(413, "request-too-large") : undefined;
  };
  await round();
  const states = (await items(store)).map(({ state, reason }) => [state, reason]);
  assert.deepEqual(states, [
    ["needs-repair", "mutation-too-large"],
    ["settled", null],
    ["settled", null],
  ]);
});

test("a clock that was years ahead and is set right holds nothing up", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  const now = server.clock;
  server.clock += 5 * 365 * 86_400_000;
  server.before = () => problem(503, "server-busy", { "Retry-After": "120" });
  await round();
  server.before = () => undefined;
  server.clock = now;
  await round("timer");
  assert.equal((await onlyItem(store)).state, "settled");
});

test("a verdict told twice in one answer, and the whole answer told twice, count once", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.after = async ({ path }, response) => {
    if (path !== "/sync") return response;
    const reply = (await response.json()) as { verdicts: unknown[] };
    return json({ ...reply, verdicts: [...reply.verdicts, ...reply.verdicts] });
  };
  await round();
  const first = await onlyItem(store);
  await round();
  assert.deepEqual(await onlyItem(store), first);
  assert.equal(first.state, "settled");
});

test("Retry-After is honoured by every trigger but the button", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.before = () => problem(503, "server-busy", { "Retry-After": "120" });
  await round();
  assert.equal((await onlyItem(store)).nextTryAt, server.clock + 120_000);
  server.before = () => undefined;
  server.clock += 60_000;
  await round("online");
  assert.equal((await onlyItem(store)).state, "queued");
  await round("button");
  assert.equal((await onlyItem(store)).state, "settled");
});

test("coming online does not wait for the back-off", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.before = () => {
    throw new TypeError("no network");
  };
  for (let attempt = 0; attempt < 8; attempt++) await round();
  server.before = () => undefined;
  await round("timer");
  assert.equal((await onlyItem(store)).state, "queued");
  await round("online");
  assert.equal((await onlyItem(store)).state, "settled");
});

test("a round that died while sending is taken up by the next", async () => {
  const { store, round } = await phoneAndServer();
  const { item } = await sent(store);
  const row = await store.db.get("journal", item.id);
  assert.ok(row);
  await store.db.put("journal", { ...row, state: "sending" });
  await round("start");
  assert.equal((await onlyItem(store)).state, "settled");
});

test("a server that never answers is given up after its time, not waited for", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  const { setTimeout: wait } = globalThis;
  const asked: number[] = [];
  globalThis.setTimeout = ((work: () => void, time: number) => {
    asked.push(time);
    return wait(work, 1);
  }) as typeof setTimeout;
  server.net.fetch = (_, init) =>
    new Promise((_resolve, reject) => {
      init.signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
    });
  try {
    assert.equal((await round()).reason, "network-slow");
  } finally {
    globalThis.setTimeout = wait;
  }
  assert.ok((asked[0] ?? 0) > 30_000 && (asked[0] ?? 0) < 60_000, "half a minute and the size");
  assert.equal((await onlyItem(store)).reason, "network-slow");
});
