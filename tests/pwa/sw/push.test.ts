import assert from "node:assert/strict";
import test from "node:test";
import type { DossierView } from "../../../pwa/api/contract.ts";
import { openDevice } from "../../../pwa/identity/device.ts";
import { notice } from "../../../pwa/language/notices.ts";
import { putLock } from "../../../pwa/store/locks.ts";
import { saveSetting } from "../../../pwa/store/people.ts";
import { openNotification } from "../../../pwa/sw/opening.ts";
import { backgroundRound, showPush, wakeupDossier } from "../../../pwa/sw/push.ts";
import { freshPhone, keepCatalogue, ownStore } from "../store/phone.ts";
import { sent } from "../sync/delivery.ts";
import { ServerTwin } from "../sync/server.ts";
import { WorkerTwin } from "./worker.ts";

freshPhone();

const ID = "3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a01";
const PUSH = JSON.stringify({ v: 1, kind: "dossier", dossier: ID });

const view: DossierView = {
  ...{ id: ID, code: "HS-7K2M-9QXD", procedure: "1.001193", form: "f", commune: "02683" },
  ...{ state: "supplement", version: 2, submittedAt: "2026-11-22T01:02:03Z", seq: 11 },
  ...{ applicant: { name: "Giàng A Thử" }, pages: { received: 0, total: 0 } },
  timeline: [
    {
      ...{ seq: 11, event: "dossier.supplement_requested", at: "2026-11-22T02:00:00Z" },
      ...{ actor: { role: "clerk" }, note: "Giàng A Thử chụp lại giấy chứng sinh" },
    },
  ],
};

/** A phone whose worker reaches a server that has news. */
async function pushed() {
  const { shared, store } = await ownStore();
  const server = new ServerTwin();
  await keepCatalogue(shared, server.catalogue());
  await openDevice(store);
  server.changes = [view];
  const worker = new WorkerTwin().install();
  worker.network = (url, init) => server.net.fetch(url, init ?? {});
  return { shared, store, server, worker };
}

test("a push fetches the step and shows it in the person's language", async () => {
  const { shared, worker } = await pushed();
  await showPush(PUSH);
  assert.deepEqual(
    worker.shown.map(({ title, body, tag, data }) => ({ title, body, tag, data })),
    [
      {
        ...notice("vi", "HS-7K2M-9QXD", "dossier.supplement_requested"),
        ...{ tag: ID, data: { path: `/dossiers/${ID}` } },
      },
    ],
  );
  await saveSetting(shared, "language", "en");
  await showPush(PUSH);
  assert.match(worker.shown[1]?.body ?? "", /Something more is needed/);
});

test("nobody's name is on the lock screen", async () => {
  const { worker } = await pushed();
  await showPush(PUSH);
  assert.equal(JSON.stringify(worker.shown).includes("Giàng"), false);
});

test("when the server is not reached the plain notice is shown", async () => {
  const { worker } = await pushed();
  worker.network = async () => {
    throw new TypeError("no network");
  };
  await showPush(PUSH);
  assert.equal(worker.shown[0]?.title, notice("vi").title);
  assert.equal(worker.shown[0]?.data.path, `/dossiers/${ID}`);
});

test("a worker that cannot open its stores still shows the plain notice", async () => {
  const { worker } = await pushed();
  globalThis.indexedDB = {
    open: () => {
      throw new DOMException("", "SecurityError");
    },
  } as unknown as IDBFactory;
  await showPush(PUSH);
  assert.equal(worker.shown[0]?.title, notice("vi").title);
});

test("when fetching takes longer than 8 s the plain notice is shown", async () => {
  const { worker } = await pushed();
  const { setTimeout: wait } = globalThis;
  const asked: number[] = [];
  worker.network = () => new Promise(() => undefined);
  globalThis.setTimeout = ((work: () => void, time: number) => {
    asked.push(time);
    return time === 8_000 ? wait(work, 50) : wait(() => undefined, 0);
  }) as typeof setTimeout;
  try {
    await showPush(PUSH);
  } finally {
    globalThis.setTimeout = wait;
  }
  assert.ok(asked.includes(8_000));
  assert.equal(worker.shown[0]?.title, notice("vi").title);
});

test("a push for another person's dossier, or of an unknown kind, still shows something", async () => {
  const { server, worker } = await pushed();
  server.changes = [];
  await showPush(PUSH);
  await showPush("what is this");
  await showPush(undefined);
  assert.equal(worker.shown.length, 3);
  assert.equal(worker.shown[2]?.data.path, "/inbox");
});

test("behind a lock a push says only that something happened, and reads nothing", async () => {
  const { store, worker } = await pushed();
  const wrap = { salt: new Uint8Array(16), iv: new Uint8Array(12) };
  await putLock(store, async () => ({ ...wrap, by: "pin", data: new ArrayBuffer(1) }));
  await showPush(PUSH);
  assert.deepEqual(
    worker.shown.map(({ title, body }) => ({ title, body })),
    [notice("vi")],
  );
  assert.equal(await store.db.count("dossiers"), 0);
});

test("only a dossier's id is taken out of a push", () => {
  assert.equal(wakeupDossier(PUSH), ID);
  assert.equal(wakeupDossier('{"kind":"dossier","dossier":"../desk"}'), undefined);
  assert.equal(wakeupDossier('{"kind":"other"}'), undefined);
  assert.equal(wakeupDossier("null"), undefined);
});

test("a tap shows the dossier in the open page, and opens one when there is none", async () => {
  const worker = new WorkerTwin().install();
  const notification = { data: { path: `/dossiers/${ID}` }, close: () => undefined };
  worker.addPage("https://hoso.example/desk");
  await openNotification(notification as unknown as Notification);
  assert.deepEqual(worker.opened, [`/dossiers/${ID}`], "the desk is not the app");
  worker.addPage("https://hoso.example/drafts/1");
  await openNotification(notification as unknown as Notification);
  assert.deepEqual(worker.posted, [{ type: "open", path: `/dossiers/${ID}` }]);
  assert.equal(worker.opened.length, 1);
});

test("a background round sends what waits, and asks to be called again while it cannot", async () => {
  const { store, server, worker } = await pushed();
  const { item } = await sent(store);
  worker.network = async () => {
    throw new TypeError("no network");
  };
  await assert.rejects(backgroundRound("background"), /network-none/);
  worker.network = (url, init) => server.net.fetch(url, init ?? {});
  await backgroundRound("background");
  assert.equal((await store.db.get("journal", item.id))?.state, "settled");
});

test("every step of the timeline that is news has words in both languages", () => {
  const steps = ["received", "refused", "supplement_requested", "forwarded", "proposed"];
  steps.push("sent_back", "approved", "finished", "returned", "stopped");
  for (const step of steps) {
    const spoken = notice("vi", "HS", `dossier.${step}`);
    const english = notice("en", "HS", `dossier.${step}`);
    assert.notEqual(spoken.body, notice("vi").body, step);
    assert.notEqual(english.body, spoken.body, step);
  }
});
