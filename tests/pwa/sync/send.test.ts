import assert from "node:assert/strict";
import test from "node:test";
import { listDrafts, readDraft, readFiled, saveDraft } from "../../../pwa/store/drafts.ts";
import { send } from "../../../pwa/sync/mutations.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { freshPhone } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";
import { json, problem, ServerTwin } from "./server.ts";

freshPhone();

test("applied: the item settles on its receipt and lets draft and pages go", async () => {
  const { store, server, round } = await phoneAndServer();
  const { draft, item } = await sent(store, 1_000);
  assert.deepEqual(await round(), { reason: null, news: [] });
  const settled = await onlyItem(store);
  assert.equal(settled.state, "settled");
  assert.equal(settled.verdict, "applied");
  assert.equal(settled.bytesLeft, 0);
  assert.match(settled.receipt ?? "", /^[^.]+\.[^.]+\.[^.]+$/);
  assert.equal(await readDraft(store, draft.id), undefined);
  assert.equal(await store.db.count("blobs"), 0);
  assert.equal(server.payloads.get(item.id)?.answers.ho_ten, "Giàng Thị Mẫu");
  assert.equal(server.payloads.get(item.id)?.applicant.name, "Giàng A Thử");
});

test("what was filed stays readable for a supplement until the dossier is closed", async () => {
  const { store, server, round } = await phoneAndServer();
  const { draft, item, answers } = await sent(store, 1_000);
  await round();
  const filed = await readFiled(store, item.dossier);
  assert.deepEqual(filed?.answers, answers);
  assert.equal(filed?.id, draft.id);
  server.changes = [
    {
      ...{ id: item.dossier, code: item.code, procedure: "1.001193", form: "f", commune: "02683" },
      ...{ state: "stopped", version: 3, submittedAt: "2026-11-22T01:02:03Z", seq: 7 },
      ...{ applicant: { name: "Giàng A Thử" }, pages: { received: 1, total: 1 }, timeline: [] },
    },
  ];
  await round();
  assert.equal(await readFiled(store, item.dossier), undefined);
});

test("repeated: an answer lost on the way brings the same receipt again", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.after = ({ path }, response) => {
    if (path === "/sync") throw new TypeError("connection reset");
    return response;
  };
  assert.equal((await round()).reason, "network-none");
  assert.equal((await onlyItem(store)).state, "queued");
  server.after = (_, response) => response;
  await round();
  const settled = await onlyItem(store);
  assert.equal(settled.state, "settled");
  assert.equal(settled.verdict, "repeated");
  assert.equal(server.payloads.size, 1);
});

test("held: settles too, and says that a person decides", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.decide = () => ({ verdict: "held" });
  await round();
  const settled = await onlyItem(store);
  assert.deepEqual([settled.state, settled.verdict], ["settled", "held"]);
});

test("held beside another: why is kept, also when only the repetition is heard", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.decide = () => ({ verdict: "held", reason: "dossier-exists" });
  let isHeard = false;
  server.after = async ({ path }, response) => {
    if (path !== "/sync") return response;
    if (!isHeard) throw new TypeError("answer lost");
    const reply = (await response.json()) as { verdicts: object[] };
    const verdicts = reply.verdicts.map((one) => ({ ...one, reason: "dossier-exists" }));
    return new Response(JSON.stringify({ ...reply, verdicts }), response);
  };
  await round();
  assert.equal((await onlyItem(store)).state, "queued");
  isHeard = true;
  await round();
  const settled = await onlyItem(store);
  const told = [settled.state, settled.verdict, settled.heldFor];
  assert.deepEqual(told, ["settled", "held", "dossier-exists"]);
});

test("refused: a repair task with the faults, the draft open again with all its pages", async () => {
  const { store, server, round } = await phoneAndServer();
  const { draft } = await sent(store, 1_000);
  const faults = [{ ref: "/data/ho_ten", kind: "required" }];
  server.decide = () => ({ verdict: "refused", problem: { code: "answers-invalid", faults } });
  await round();
  const item = await onlyItem(store);
  assert.deepEqual(
    [item.state, item.reason, item.draft],
    ["needs-repair", "answers-invalid", draft.id],
  );
  assert.deepEqual(item.faults, faults);
  const open = await readDraft(store, draft.id);
  assert.equal(open?.state, "repair");
  assert.equal(open?.pages.length, 1);
  assert.equal(await store.db.count("blobs"), 1);
  server.requests.length = 0;
  await round();
  const [asked] = server.requests.map(({ body }) => body as { envelopes: unknown[] });
  assert.deepEqual(asked?.envelopes, [], "a refused item is not sent again by itself");
});

test("a mended draft goes as a new mutation of the same dossier in the old one's place", async () => {
  const { store, server, round } = await phoneAndServer();
  const { draft, answers, item } = await sent(store);
  server.decide = () => ({ verdict: "refused", problem: { code: "answers-invalid" } });
  await round();
  const mended = await readDraft(store, draft.id);
  assert.ok(mended);
  await saveDraft(store, mended);
  server.decide = () => ({ verdict: "applied" });
  const again = await send(store, mended, { ...answers, ho_ten: "Giàng Thị Mẫu Hai" });
  assert.notEqual(again.id, item.id);
  assert.equal(again.dossier, item.dossier);
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
  assert.deepEqual(await listDrafts(store), []);
});

test("conflict: both texts are kept for the person", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  const theirs = { ho_ten: "Giàng Thị Khác" };
  server.decide = () => ({ verdict: "conflict", problem: { code: "dossier-changed" }, theirs });
  await round();
  const item = await onlyItem(store);
  assert.deepEqual([item.state, item.reason], ["needs-repair", "dossier-changed"]);
  assert.deepEqual(item.theirs, theirs);
  const [row] = await store.db.getAll("journal");
  assert.equal(JSON.stringify(row).includes("Khác"), false, "the server's text is sealed");
  assert.equal((await listDrafts(store))[0]?.state, "repair");
});

test("no verdict for an item, or one this version does not know: tried again later", async () => {
  const { store, server, round } = await phoneAndServer();
  await sent(store);
  server.decide = () => ({ verdict: "postponed" });
  server.after = async ({ path }, response) =>
    path === "/sync" ? json({ ...(await response.json()), verdicts: [] }) : response;
  await round();
  assert.deepEqual(
    [(await onlyItem(store)).state, (await onlyItem(store)).reason],
    ["queued", "verdict-missing"],
  );
  server.after = (_, response) => response;
  await round();
  assert.equal((await onlyItem(store)).attempts, 2);
  server.decide = () => ({ verdict: "applied" });
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
});

test("an item does not settle on a receipt that is missing, forged or of something else", async () => {
  const { store, server, round } = await phoneAndServer();
  const { item } = await sent(store);
  const withReceipt = (receipt?: string) => async (_: unknown, response: Response) =>
    json({
      ...(await response.json()),
      verdicts: [{ id: item.id, verdict: "applied", receipt }],
    });
  const stranger = new ServerTwin();
  const payload = { ...item, pages: [] } as never;
  const digest = "0".repeat(64);
  for (const [receipt, reason] of [
    [undefined, "receipt-invalid"],
    ["a.b.c", "receipt-invalid"],
    [stranger.receipt(payload, "applied", digest, ""), "receipt-invalid"],
    [server.receipt(payload, "applied", digest, ""), "receipt-mismatch"],
  ]) {
    server.after = withReceipt(receipt);
    await round();
    assert.deepEqual(
      [(await onlyItem(store)).state, (await onlyItem(store)).reason],
      ["queued", reason],
    );
  }
  server.after = (_, response) => response;
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
});

test("a receipt by a key that the phone has not seen makes it ask for the catalogue first", async () => {
  const { shared, store, server, round } = await phoneAndServer();
  await sent(store);
  const old = { ...server.catalogue(), receiptKeys: [] };
  await shared.put("settings", { catalogue: old, etag: '"old"' }, "catalogue");
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
});

test("one request that the server cannot take is halved until the bad item stands alone", async () => {
  const { store, server, round } = await phoneAndServer();
  const all = [];
  for (let at = 0; at < 5; at++) all.push((await sent(store)).item);
  const bad = all[2]?.id;
  server.before = ({ path, body }) => {
    const { envelopes = [] } = (body ?? {}) as { envelopes?: { id: string }[] };
    const isSpoilt = path === "/sync" && envelopes.some(({ id }) => id === bad);
    return isSpoilt ? problem(400, "request-malformed") : undefined;
  };
  await round();
  for (const item of await items(store)) {
    const expected = item.id === bad ? ["queued", "request-malformed"] : ["settled", null];
    assert.deepEqual([item.state, item.reason], expected);
  }
});

test("many items go fifty at a time, the oldest first", async () => {
  const { store, server, round } = await phoneAndServer();
  const [first] = [(await sent(store)).item];
  const row = await store.db.get("journal", first.id);
  assert.ok(row);
  for (let at = 1; at < 60; at++) {
    const id = `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`;
    await store.db.put("journal", { ...row, id, createdAt: row.createdAt + at });
  }
  server.before = ({ path }) => {
    if (path === "/sync") throw new TypeError("no network");
    return undefined;
  };
  await round();
  const asked = server.requests[0]?.body as { envelopes: { id: string }[] };
  assert.equal(asked.envelopes.length, 50);
  assert.equal(asked.envelopes[0]?.id, first.id);
});
