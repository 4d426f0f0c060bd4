import assert from "node:assert/strict";
import test from "node:test";
import { freshPhone } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";
import { problem } from "./server.ts";

freshPhone();

test("what was sealed to a key that is gone is sealed anew and arrives in the same round", async () => {
  const { store, server, round } = await phoneAndServer();
  const { item } = await sent(store, 2_000);
  const before = await store.db.get("journal", item.id);
  server.rotate();
  await round();
  const settled = await onlyItem(store);
  assert.deepEqual([settled.id, settled.state], [item.id, "settled"]);
  assert.equal((await store.db.get("journal", item.id))?.digest, before?.digest);
  assert.equal(server.payloads.get(item.id)?.dossier, item.dossier);
  assert.equal(server.blobs.size, 1);
});

test("a server that knows no key it names leaves a task for the person and no endless round", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  const { kid } = server.catalogue().agencyKeys[0] ?? { kid: "" };
  const refusal = { verdict: "refused", problem: { code: "envelope-key-unknown" } };
  server.decide = () => refusal;
  await round();
  const item = await onlyItem(store);
  assert.deepEqual(
    [item.state, item.reason, kid],
    ["needs-repair", "envelope-key-unknown", "agency-1"],
  );
  const sendings = server.requests.filter(
    ({ path, body }) => path === "/sync" && (body as { envelopes: [] }).envelopes.length > 0,
  );
  assert.equal(sendings.length, 1);
});

test("while the new key cannot be had the item waits in line", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.rotate();
  server.before = ({ path }) => (path === "/catalogue" ? problem(500, "server-fault") : undefined);
  await round();
  const waiting = await onlyItem(store);
  assert.deepEqual([waiting.state, waiting.reason], ["queued", "server-busy"]);
  server.before = () => undefined;
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
});

test("what was signed leaves the phone with the receipt", async () => {
  const { store, round } = await phoneAndServer();
  const { item } = await sent(store);
  assert.ok((await store.db.get("journal", item.id))?.signed);
  await round();
  assert.equal((await store.db.get("journal", item.id))?.signed, null);
});
