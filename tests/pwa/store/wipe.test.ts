import assert from "node:assert/strict";
import test from "node:test";
import { knownDevice } from "../../../pwa/identity/device.ts";
import { choosePin } from "../../../pwa/lock/unlocking.ts";
import { listDossiers } from "../../../pwa/store/dossiers.ts";
import { listDrafts } from "../../../pwa/store/drafts.ts";
import { openStore } from "../../../pwa/store/schema.ts";
import { beginAnew, wipeAlone, wipedFor } from "../../../pwa/store/wipe.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { withWorker } from "../lock/worker.ts";
import { onlyItem, phoneAndServer, sent } from "../sync/delivery.ts";
import { filledDraft, freshPhone } from "./phone.ts";

freshPhone();
withWorker();

/** So that a test need not wait as a guesser must. */
const CHEAP = { memory: 64, passes: 1 };

test("a locked store sends, and reads nothing", async () => {
  const { shared, store, server, round } = await phoneAndServer();
  await sent(store, 1_000);
  await choosePin(store, "739154", undefined, CHEAP);
  store.vault.use(null);
  server.cursor = "5";
  await round("online");
  assert.equal(server.payloads.size, 1);
  assert.equal(server.blobs.size, 1);
  assert.equal((await store.db.getAll("journal"))[0]?.state, "settled");
  assert.equal(await store.db.get("meta", "reading"), undefined);
  const asked = server.requests.filter(({ path }) => path === "/sync").pop()?.body as {
    device: object;
    cursor?: string;
  };
  assert.deepEqual(Object.keys(asked.device), ["key"]);
  assert.equal((await openStore(shared)).vault.isLocked, true);
});

test("a refusal that comes while the store is locked waits until it is open", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  await choosePin(store, "739154", undefined, CHEAP);
  store.vault.use(null);
  server.decide = () => ({ verdict: "conflict", theirs: { "/data/ho_ten": "Lò Thị Mẫu" } });
  await round("online");
  const [row] = await store.db.getAll("journal");
  assert.equal(row?.state, "queued");
  assert.equal(row?.reason, "store-locked");
});

test("a revoked device loses what can be read, keeps what is unsent and delivers it", async () => {
  const { store, server, round } = await phoneAndServer();
  await filledDraft(store, 500);
  await sent(store, 1_000);
  const device = (await knownDevice(store))?.id;
  let isReached = false;
  server.before = ({ path }) => {
    if (path === "/sync" && !isReached) throw new TypeError("no network");
    return undefined;
  };
  server.after = async (request, response) => {
    if (request.path !== "/sync") return response;
    const reply = (await response.json()) as object;
    return new Response(JSON.stringify({ ...reply, device: "revoked", verdicts: [] }), response);
  };
  await round("online");
  isReached = true;
  await round("button");
  assert.equal(await wipedFor(store), "revoked");
  assert.deepEqual(await listDrafts(store), []);
  assert.deepEqual(await listDossiers(store), []);
  assert.equal(await store.db.count("blobs"), 1, "only the page that is still to go");
  assert.equal((await onlyItem(store)).applicant, "");
  assert.equal((await knownDevice(store))?.id, device);
  server.after = (_, response) => response;
  await round("button");
  assert.equal((await onlyItem(store)).state, "settled");
  assert.equal(server.blobs.size, 1);
  assert.equal(await store.db.count("blobs"), 0, "and leaves the phone once it is there");
});

test("whoever forgot every key begins anew, and the queue is whole", async () => {
  const { shared, store, server, round } = await phoneAndServer();
  await sent(store, 1_000);
  await filledDraft(store, 10);
  await choosePin(store, "739154", undefined, CHEAP);
  const later = await openStore(shared);
  const before = (await knownDevice(later))?.id;
  await wipeAlone(later, "forgotten");
  await beginAnew(later);
  assert.equal(await wipedFor(later), undefined);
  assert.equal(await knownDevice(later), undefined, "who it was is not taken over");
  assert.notEqual(before, undefined);
  assert.equal((await openStore(shared)).vault.isLocked, false);
  assert.deepEqual(await listDrafts(later), []);
  assert.equal((await items(later)).length, 1);
  await round("button");
  assert.equal(server.payloads.size, 1);
  assert.equal(server.blobs.size, 1);
});
