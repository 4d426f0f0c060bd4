import assert from "node:assert/strict";
import test from "node:test";
import { freshPhone } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";
import { problem } from "./server.ts";

freshPhone();

const SIZE = 300_000;

test("text goes first, pages follow and arrive as they were encrypted", async () => {
  const { store, server, round } = await phoneAndServer();
  const { draft } = await sent(store, SIZE, 70_000);
  const blobs = await store.db.getAll("blobs");
  await round();
  assert.equal(server.requests[0]?.path, "/sync");
  assert.equal((await onlyItem(store)).state, "settled");
  for (const { digest, data } of blobs) {
    assert.deepEqual(server.blobs.get(digest), Buffer.from(data));
  }
  assert.equal(server.blobs.size, draft.pages.length);
  for (const { method, body } of server.requests) {
    if (method === "PATCH") assert.ok((body as Uint8Array).length <= 256 * 1024);
  }
});

test("a page that was cut goes on at the byte, and the text is not sent again", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, SIZE);
  let patches = 0;
  server.before = ({ method, body }) => {
    if (method !== "PATCH" || ++patches < 2) return undefined;
    // Half of the second chunk arrived before the line broke.
    const [upload] = server.uploads.values();
    const half = (body as Uint8Array).slice(0, 50_000);
    if (upload) upload.bytes = Buffer.concat([upload.bytes, half]);
    throw new TypeError("connection reset");
  };
  assert.equal((await round()).reason, "network-none");
  const cut = await onlyItem(store);
  assert.deepEqual([cut.state, cut.reason, cut.pagesSent], ["received", "network-none", 0]);
  assert.ok(cut.bytesLeft < cut.bytesTotal && cut.bytesLeft > 0);
  server.before = () => undefined;
  server.requests.length = 0;
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
  assert.equal(server.count("POST", "/uploads"), 0, "the upload begun before is continued");
  assert.equal(server.count("HEAD", "/uploads"), 1);
  const again = server.requests
    .filter(({ method }) => method === "PATCH")
    .reduce((sum, { body }) => sum + (body as Uint8Array).length, 0);
  assert.equal(again, SIZE + 5 * 16 - 65_536 - 50_000, "no byte goes twice");
});

test("an upload that the server has forgotten is begun anew", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, SIZE);
  let patches = 0;
  server.before = ({ method }) => {
    if (method === "PATCH" && ++patches === 2) throw new TypeError("connection reset");
    return undefined;
  };
  await round();
  server.uploads.clear();
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
  assert.equal(server.count("POST", "/uploads"), 2);
});

test("a page that the server already holds is not sent again", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, SIZE);
  const [blob] = await store.db.getAll("blobs");
  assert.ok(blob);
  server.blobs.set(blob.digest, Buffer.from(blob.data));
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
  assert.equal(server.count("PATCH", "/uploads"), 0);
});

test("an offset that moved on is asked for, not fought over", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, SIZE);
  let patches = 0;
  server.before = ({ method, body }) => {
    if (method === "PATCH" && ++patches === 1) {
      // Arrived whole, the answer was lost, and something between resent it.
      const [upload] = server.uploads.values();
      if (upload) upload.bytes = Buffer.concat([upload.bytes, body as Uint8Array]);
    }
    return undefined;
  };
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
});

test("a page that arrived damaged is sent again from its beginning", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, 100_000);
  server.before = ({ method, body }) => {
    if (method === "PATCH") (body as Uint8Array)[5] = 99 ^ ((body as Uint8Array)[5] ?? 0);
    return undefined;
  };
  await round();
  const damaged = await onlyItem(store);
  assert.deepEqual([damaged.state, damaged.reason], ["received", "upload-digest-mismatch"]);
  assert.equal(damaged.pagesSent, 0);
  server.before = () => undefined;
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
});

test("one page that is refused does not hold up the others' items", async () => {
  const { store, server, round } = await phoneAndServer();
  const first = await sent(store, 1_000);
  const second = await sent(store, 2_000);
  const refused = (await store.db.get("journal", first.item.id))?.pages[0]?.digest ?? "";
  server.before = ({ method, path, headers }) => {
    const isRefused = headers["Upload-Metadata"]?.includes(btoa(refused));
    return method === "POST" && path === "/uploads" && isRefused
      ? problem(403, "upload-not-expected")
      : undefined;
  };
  await round();
  const [one, two] = await Promise.all(
    [first, second].map(({ item }) => store.db.get("journal", item.id)),
  );
  assert.deepEqual([one?.state, one?.reason], ["queued", "upload-not-expected"]);
  assert.equal(two?.state, "settled");
});

test("a captive portal's answer to a chunk counts for nothing", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, 1_000);
  server.before = ({ method }) =>
    method === "PATCH" ? new Response("<html>", { status: 200 }) : undefined;
  assert.equal((await round()).reason, "network-captive");
  assert.equal((await onlyItem(store)).pagesSent, 0);
  assert.equal(await store.db.count("blobs"), 1);
});

test("all pages are up but the phone died before it wrote so: the next round settles", async () => {
  const { store, server, round } = await phoneAndServer();
  const { item } = await sent(store, 1_000);
  server.before = ({ method }) => {
    if (method === "PATCH") throw new TypeError("connection reset");
    return undefined;
  };
  await round();
  const row = await store.db.get("journal", item.id);
  assert.ok(row);
  const pages = row.pages.map((page) => ({ ...page, sent: page.length }));
  await store.db.put("journal", { ...row, pages });
  await round("start");
  assert.equal((await onlyItem(store)).state, "settled");
});

test("a server that forgot the text after its receipt is sent text and pages again", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store, 2_000);
  server.before = ({ path }) => {
    if (path.startsWith("/uploads")) throw new TypeError("cut");
    return undefined;
  };
  await round();
  assert.equal((await onlyItem(store)).state, "received");
  server.before = () => undefined;
  server.forget();
  await round();
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
  assert.equal(server.blobs.size, 1);
});
