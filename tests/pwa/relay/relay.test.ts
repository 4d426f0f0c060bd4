import assert from "node:assert/strict";
import test from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { passable, rescueFile } from "../../../pwa/relay/rescue.ts";
import { take } from "../../../pwa/relay/take.ts";
import { relayed } from "../../../pwa/store/relayed.ts";
import type { Store } from "../../../pwa/store/schema.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { runRound } from "../../../pwa/sync/round.ts";
import { freshPhone, keepCatalogue, ownStore, withFullDisk } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "../sync/delivery.ts";
import { json, problem } from "../sync/server.ts";

freshPhone();

/** Another phone, used from now on; `home` goes back to the first. */
function otherPhone(): { home(): void } {
  const first = globalThis.indexedDB;
  globalThis.indexedDB = new IDBFactory();
  return {
    home: () => {
      globalThis.indexedDB = first;
    },
  };
}

/** Another phone that knows what can be filed, used from now on. */
async function carrier({ server }: Awaited<ReturnType<typeof phoneAndServer>>) {
  const { home } = otherPhone();
  const { shared, store } = await ownStore();
  await keepCatalogue(shared, server.catalogue());
  return { shared, store, home };
}

const fileOf = async (store: Store, withPages = true) =>
  rescueFile(store, await passable(store), withPages);

test("another phone delivers what this one could not; both end with nothing left", async () => {
  const first = await phoneAndServer();
  const { item } = await sent(first.store, 2_000, 3_000);
  await sent(first.store);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  assert.deepEqual(await take(shared, file, "file"), { taken: 2, own: 0, pages: 2, fault: null });
  await runRound(store, "button", first.server.net);
  assert.deepEqual([...first.server.payloads.keys()].includes(item.id), true);
  assert.deepEqual([first.server.payloads.size, first.server.blobs.size], [2, 2]);
  assert.deepEqual([await relayed(shared), await shared.count("parcels")], [[], 0]);

  const patches = first.server.count("PATCH", "/uploads");
  await first.round();
  const states = (await items(first.store)).map(({ state, verdict }) => [state, verdict]);
  assert.deepEqual(states, [
    ["settled", "repeated"],
    ["settled", "repeated"],
  ]);
  assert.equal(first.server.count("PATCH", "/uploads"), patches, "no page travels twice");
});

test("the file shows nothing of what was written, and the carrier sends without login or device", async () => {
  const first = await phoneAndServer();
  await sent(first.store, 2_000);
  const file = await fileOf(first.store);
  const text = Buffer.from(await file.arrayBuffer()).toString("latin1");
  const name = Buffer.from("Giàng Thị Mẫu").toString("latin1");
  assert.ok(!text.includes(name) && !text.includes("0912345678") && !text.includes("1.001193"));
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  first.server.requests.length = 0;
  await runRound(store, "button", first.server.net);
  const [request] = first.server.requests.filter(({ path }) => path === "/sync");
  assert.deepEqual(Object.keys(request?.body as object), ["v", "envelopes", "language"]);
  assert.equal(request?.credentials, "omit");
});

test("a phone that is handed its own file keeps its own queue", async () => {
  const { shared, store } = await phoneAndServer();
  await sent(store, 1_000);
  const taken = await take(shared, await fileOf(store), "file");
  assert.deepEqual([taken.taken, taken.own, taken.pages], [0, 1, 0]);
  assert.equal((await relayed(shared)).length, 0);
});

test("the same file taken in twice is carried and delivered once", async () => {
  const first = await phoneAndServer();
  await sent(first.store, 1_000);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  await take(shared, file, "file");
  assert.equal((await relayed(shared)).length, 1);
  await runRound(store, "button", first.server.net);
  assert.equal(first.server.payloads.size, 1);
});

test("a text carried alone is let go with its receipt; its pages come from their own phone", async () => {
  const first = await phoneAndServer();
  await sent(first.store, 2_000);
  const file = await fileOf(first.store, false);
  const { shared, store, home } = await carrier(first);
  await take(shared, file, "camera");
  await runRound(store, "button", first.server.net);
  assert.equal((await relayed(shared)).length, 0);
  assert.equal(first.server.blobs.size, 0);
  home();
  await first.round();
  assert.equal((await onlyItem(first.store)).state, "settled");
  assert.equal(first.server.blobs.size, 1);
});

test("without a network what is carried waits with a reason, and its own phone is not touched", async () => {
  const first = await phoneAndServer();
  await sent(first.store, 2_000);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  first.server.before = ({ path }) => {
    if (path === "/sync") throw new TypeError("no network");
    return undefined;
  };
  const { reason } = await runRound(store, "button", first.server.net);
  assert.equal(reason, "network-none");
  const [row] = await relayed(shared);
  assert.deepEqual([row?.state, row?.reason, row?.attempts], ["queued", "network-none", 1]);
  assert.ok((row?.nextTryAt ?? 0) > first.server.clock);
});

test("pages go on at the byte where the link broke", async () => {
  const first = await phoneAndServer();
  await sent(first.store, 200_000);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  let pieces = 0;
  first.server.after = ({ method }, response) => {
    if (method === "PATCH" && ++pieces === 1) throw new TypeError("cut");
    return response;
  };
  await runRound(store, "button", first.server.net);
  assert.equal((await relayed(shared))[0]?.state, "received");
  await runRound(store, "button", first.server.net);
  assert.deepEqual([await relayed(shared), first.server.blobs.size], [[], 1]);
});

test("pages that the server wants no more are not brought; the carrying phone is done with them", async () => {
  const first = await phoneAndServer();
  await sent(first.store, 2_000);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  first.server.decide = () => ({ verdict: "applied", pages: { received: 0, total: 0 } });
  await runRound(store, "button", first.server.net);
  assert.deepEqual([await relayed(shared), await shared.count("parcels")], [[], 0]);
  assert.equal(first.server.count("POST", "/uploads"), 0);
});

test("a refusal stays told on the carrying phone, the next item goes on", async () => {
  const first = await phoneAndServer();
  const { item } = await sent(first.store);
  await sent(first.store);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  first.server.decide = ({ id }) =>
    id === item.id
      ? { verdict: "refused", problem: { code: "procedure-closed" } }
      : { verdict: "applied" };
  await runRound(store, "button", first.server.net);
  const left = (await relayed(shared)).map(({ id, state, reason }) => [id, state, reason]);
  assert.deepEqual(left, [[item.id, "needs-repair", "procedure-closed"]]);
});

test("a receipt that does not verify lets nothing go", async () => {
  const first = await phoneAndServer();
  await sent(first.store);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  first.server.after = async ({ path }, response) => {
    if (path !== "/sync") return response;
    const reply = (await response.json()) as { verdicts: { receipt: string }[] };
    const verdicts = reply.verdicts.map((one) => ({ ...one, receipt: `${one.receipt}x` }));
    return json({ ...reply, verdicts });
  };
  await runRound(store, "button", first.server.net);
  const [row] = await relayed(shared);
  assert.deepEqual([row?.state, row?.reason], ["queued", "receipt-invalid"]);
});

test("a file that was cut brings the dossiers before the cut", async () => {
  const first = await phoneAndServer();
  await sent(first.store);
  await sent(first.store, 5_000);
  const file = await fileOf(first.store);
  otherPhone();
  const { shared } = await ownStore();
  const taken = await take(shared, file.slice(0, file.size - 3_000), "file");
  assert.deepEqual(taken, { taken: 2, own: 0, pages: 0, fault: "rescue-damaged" });
});

test("a carrying phone without room says so and keeps what it could", async () => {
  const first = await phoneAndServer();
  await sent(first.store, 5_000);
  const file = await fileOf(first.store);
  otherPhone();
  const { shared } = await ownStore();
  await withFullDisk("parcels", async () => {
    await assert.rejects(take(shared, file, "file"), { code: "storage-full" });
  });
  assert.equal((await relayed(shared)).length, 1);
});

test("what was refused before is tried again when it is handed over again", async () => {
  const first = await phoneAndServer();
  await sent(first.store);
  const file = await fileOf(first.store);
  const { shared, store } = await carrier(first);
  await take(shared, file, "file");
  first.server.before = ({ path }) =>
    path === "/sync" ? problem(413, "request-too-large") : undefined;
  await runRound(store, "button", first.server.net);
  first.server.before = () => undefined;
  await take(shared, file, "file");
  await runRound(store, "button", first.server.net);
  assert.equal((await relayed(shared)).length, 0);
});
