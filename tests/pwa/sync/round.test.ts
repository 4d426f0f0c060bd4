import assert from "node:assert/strict";
import test from "node:test";
import type { DossierView } from "../../../pwa/api/contract.ts";
import { inbox, listDossiers, markSeen } from "../../../pwa/store/dossiers.ts";
import { welcome } from "../../../pwa/store/people.ts";
import { openStore } from "../../../pwa/store/schema.ts";
import { wipedFor } from "../../../pwa/store/wipe.ts";
import { items, keep } from "../../../pwa/sync/queue.ts";
import { runRound } from "../../../pwa/sync/round.ts";
import { freshPhone, ownStore, withLocks } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";
import { json, problem } from "./server.ts";

freshPhone();

const view = (change: Partial<DossierView> = {}): DossierView => ({
  id: "3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a01",
  code: "HS-0000-0000",
  procedure: "1.001193",
  form: "f".repeat(64),
  commune: "02683",
  state: "received",
  version: 2,
  submittedAt: "2026-11-22T01:02:03Z",
  applicant: { name: "Giàng A Thử" },
  pages: { received: 0, total: 0 },
  seq: 11,
  timeline: [
    { seq: 10, event: "dossier.submitted", at: "2026-11-22T01:02:03Z", actor: { role: "citizen" } },
    { seq: 11, event: "dossier.received", at: "2026-11-22T02:00:00Z", actor: { role: "clerk" } },
  ],
  ...change,
});

test("page and worker that start at once send each envelope once", async () => {
  const { shared, store, server, round } = await phoneAndServer();
  await sent(store, 1_000);
  const worker = await openStore(shared);
  const restore = withLocks();
  try {
    await Promise.all([round("online"), runRound(worker, "background", server.net)]);
  } finally {
    restore();
  }
  const envelopes = server.requests
    .filter(({ path }) => path === "/sync")
    .flatMap(({ body }) => (body as { envelopes: unknown[] }).envelopes);
  assert.equal(envelopes.length, 1);
  assert.equal(server.count("PATCH", "/uploads"), 1);
  assert.equal((await onlyItem(store)).state, "settled");
});

test("without locks two writers may send twice, and the item still settles once", async () => {
  const { shared, store, server, round } = await phoneAndServer();
  await sent(store);
  const worker = await openStore(shared);
  await Promise.all([round("online"), runRound(worker, "background", server.net)]);
  assert.equal((await onlyItem(store)).state, "settled");
  assert.equal(server.payloads.size, 1);
});

test("a late failure of a second writer does not undo a receipt", async () => {
  const { store, round } = await phoneAndServer();
  const { item } = await sent(store);
  const row = await store.db.get("journal", item.id);
  assert.ok(row);
  await round();
  await keep(store, [{ ...row, state: "queued", reason: "network-none" }]);
  assert.equal((await onlyItem(store)).state, "settled");
});

test("changes are taken over once: a second time nothing is new", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.changes = [view()];
  server.cursor = "5";
  const { news } = await round();
  assert.deepEqual(
    news.map(({ entry }) => entry.event),
    ["dossier.received"],
  );
  assert.deepEqual(await listDossiers(store), [view()]);
  assert.deepEqual((await round()).news, []);
  assert.equal((await inbox(store)).length, 1);
});

test("a snapshot that comes late changes nothing", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.changes = [view()];
  await round();
  server.changes = [view({ version: 1, seq: 10, state: "submitted" })];
  await round();
  assert.equal((await listDossiers(store))[0]?.state, "received");
});

test("news stays new until it is seen", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.changes = [view()];
  await round();
  assert.equal((await inbox(store))[0]?.isNew, true);
  await markSeen(store);
  assert.equal((await inbox(store))[0]?.isNew, false);
});

test("the first nonce is used at once: what was just filed is read back in the same round", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  await round();
  const asked = server.requests.filter(({ path }) => path === "/sync").map(({ body }) => body);
  const [first, second] = asked as { device: Record<string, string> }[];
  assert.deepEqual(Object.keys(first?.device ?? {}), ["key"]);
  assert.equal(second?.device.nonce, "nonce-1");
  assert.ok(second?.device.proof);
  assert.equal(asked.length, 2);
  await round("shown");
  assert.equal(server.count("POST", "/sync"), 3, "from then on a round is one request");
});

test("after a month without the server the round asks twice, for the old nonce is no proof", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  await round();
  server.clock += 31 * 86_400_000;
  server.requests.length = 0;
  await round();
  assert.equal(server.count("POST", "/sync"), 2);
});

test("a phone that never sent anything tells the server nothing of itself", async () => {
  const { store } = await ownStore();
  const { server } = await phoneAndServer();
  await runRound(store, "start", server.net);
  assert.equal(server.count("POST", "/sync"), 0);
  assert.equal(server.count("GET", "/catalogue"), 1);
});

/** An officer's store, just signed in: the server does not know its device yet. */
async function officerAndServer() {
  const { shared, server } = await phoneAndServer();
  await welcome(shared, {
    ...{ personId: "p1", account: "can-bo", name: "Cán bộ Mẫu" },
    ...{ role: "officer", commune: "02683", communeName: "Xã Ví Dụ" },
  });
  return { server, store: await openStore(shared) };
}

for (const isLocked of [false, true]) {
  const where = isLocked ? "behind its lock" : "open";
  test(`the server hears whose device it is before what that sends: a store ${where}`, async () => {
    const { server, store } = await officerAndServer();
    server.before = ({ path }) => (path === "/identity/devices" ? json({ id: "d" }) : undefined);
    await sent(store, 500);
    if (isLocked) store.vault.use(null);
    await runRound(store, "start", server.net);
    const [first, second] = server.requests.map(({ path }) => path);
    assert.deepEqual([first, second], ["/identity/devices", "/sync"]);
    if (isLocked) return;
    await sent(store, 500);
    await runRound(store, "sent", server.net);
    assert.equal(server.count("POST", "/identity/devices"), 1);
  });
}

test("a device that the server will not know sends all the same", async () => {
  const { server, store } = await officerAndServer();
  server.before = ({ path }) =>
    path === "/identity/devices" ? problem(401, "sign-in-required") : undefined;
  await sent(store, 500);
  await runRound(store, "start", server.net);
  assert.equal((await onlyItem(store)).state, "settled");
});

test("sending never carries the login, and another person's envelopes leave from a locked phone", async () => {
  const { shared, server } = await phoneAndServer();
  const officer = await welcome(shared, {
    ...{ personId: "p1", account: "can-bo", name: "Cán bộ Mẫu" },
    ...{ role: "officer", commune: "02683", communeName: "Xã Ví Dụ" },
  });
  const officers = await openStore(shared, officer.store);
  await sent(officers, 500);
  const own = await openStore(shared, "own");
  await runRound(own, "start", server.net);
  assert.equal((await onlyItem(officers)).state, "settled");
  const open = /^\/(catalogue|forms|resources)\b/;
  const others = server.requests.filter(({ path }) => !open.test(path));
  for (const { credentials } of others) assert.equal(credentials, "omit");
  assert.ok(others.length > 0);
  server.requests.length = 0;
  await runRound(officers, "start", server.net);
  assert.equal(server.requests[0]?.credentials, "same-origin", "reading as the person does");
});

test("a server that always says there is more is not asked for ever", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.after = async ({ path }, response) => {
    if (path !== "/sync") return response;
    const reply = { ...(await response.json()), more: true };
    return new Response(JSON.stringify(reply), { headers: response.headers });
  };
  await round();
  assert.ok(server.count("POST", "/sync") <= 3);
  assert.equal((await items(store))[0]?.state, "settled");
});

test("once all its pages have arrived the phone reads again, so that the dossier's screen is true", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, 1_000);
  await round();
  const paths = server.requests.map(({ path }) => path);
  const lastPage = paths.map((path) => path.startsWith("/uploads")).lastIndexOf(true);
  assert.ok(lastPage >= 0);
  assert.deepEqual(paths.slice(lastPage + 1), ["/sync"]);
  server.requests.length = 0;
  await round("timer");
  assert.deepEqual(server.requests, []);
});

test("a phone that learns only after its pages that it is revoked erases what can be read", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, 1_000);
  let hasPages = false;
  server.after = async ({ path }, response) => {
    hasPages ||= path.startsWith("/uploads");
    if (path !== "/sync" || !hasPages) return response;
    const reply = { ...(await response.json()), device: "revoked" };
    return new Response(JSON.stringify(reply), { headers: response.headers });
  };
  await round();
  assert.equal(await wipedFor(store), "revoked");
});
