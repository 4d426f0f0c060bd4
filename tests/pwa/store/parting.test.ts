import assert from "node:assert/strict";
import test from "node:test";
import { part, partFromAll } from "../../../pwa/store/parting.ts";
import { activate, profileOf, profiles, welcome } from "../../../pwa/store/people.ts";
import { openStore, storeNames } from "../../../pwa/store/schema.ts";
import { wipedFor } from "../../../pwa/store/wipe.ts";
import { runRound } from "../../../pwa/sync/round.ts";
import { sent } from "../sync/delivery.ts";
import { ServerTwin } from "../sync/server.ts";
import { freshPhone, keepCatalogue, ownStore } from "./phone.ts";

freshPhone();

const person = {
  personId: "9a1f2b34-0000-4000-8000-000000000001",
  account: "can-bo-thon",
  name: "Giàng A Thử",
  role: "officer",
  commune: "02683",
  communeName: "Xã Ví Dụ",
};

/** An officer's store, and a server that says their device is revoked. */
async function revokedOfficer() {
  const { shared } = await ownStore();
  const { store: name } = await welcome(shared, person);
  const store = await openStore(shared, name);
  const server = new ServerTwin();
  await keepCatalogue(shared, server.catalogue());
  server.after = async (request, response) => {
    if (request.path !== "/sync") return response;
    const reply = (await response.json()) as object;
    return new Response(JSON.stringify({ ...reply, device: "revoked" }), response);
  };
  return { shared, store, server };
}

const names = async (shared: Parameters<typeof profiles>[0]) =>
  (await profiles(shared)).map(({ name }) => name);

test("the name of a revoked person leaves with the wipe when nothing of theirs waits", async () => {
  const { shared, store, server } = await revokedOfficer();
  await sent(store);
  await runRound(store, "button", server.net);
  assert.equal(await wipedFor(store), "revoked");
  assert.deepEqual(await names(shared), []);
  const row = JSON.stringify(await shared.getAll("people"));
  for (const trace of ["Giàng", "can-bo-thon", "Ví Dụ"]) assert.ok(!row.includes(trace), trace);
});

test("they stay named as whose dossiers wait, and go when these have settled", async () => {
  const { shared, store, server } = await revokedOfficer();
  await sent(store, 1_000);
  server.before = ({ method }) => {
    if (method === "PATCH") throw new TypeError("no network");
    return undefined;
  };
  await runRound(store, "button", server.net);
  assert.equal(await wipedFor(store), "revoked");
  assert.deepEqual(await names(shared), ["Giàng A Thử"]);
  assert.equal((await profileOf(store))?.isLeaving, true);

  await activate(shared);
  const own = await openStore(shared);
  await partFromAll(shared, own.name);
  assert.deepEqual(await names(shared), ["Giàng A Thử"], "its page is still to go");
  server.before = () => undefined;
  await runRound(own, "button", server.net);
  assert.equal(server.blobs.size, 1);
  store.db.close();
  await partFromAll(shared, own.name);
  assert.deepEqual(await storeNames(shared), ["own"]);
  const left = (await indexedDB.databases()).map((one) => one.name);
  assert.ok(!left.includes(`hoso.${store.name}`), "the emptied store goes too");
});

test("the store that is open stays until it is left, without the name", async () => {
  const { shared, store } = await revokedOfficer();
  assert.equal(await part(store), true);
  await partFromAll(shared, store.name);
  assert.deepEqual(await names(shared), []);
  assert.deepEqual(await storeNames(shared), ["own", store.name]);
});

test("whoever signs in again on that phone is named as before", async () => {
  const { shared, store } = await revokedOfficer();
  await part(store);
  await welcome(shared, person);
  assert.deepEqual(await names(shared), ["Giàng A Thử"]);
  assert.equal((await profileOf(store))?.isLeaving, undefined);
});
