import assert from "node:assert/strict";
import test from "node:test";
import type { DossierView } from "../../../pwa/api/contract.ts";
import {
  applyDossiers,
  inbox,
  knownVersion,
  listDossiers,
  markSeen,
  readDossier,
} from "../../../pwa/store/dossiers.ts";
import { freshPhone, ownStore, withFullDisk } from "./phone.ts";

freshPhone();

/** A dossier after `steps` events, the last one at minute `steps`. */
function dossier(id: string, ...events: string[]): DossierView {
  const timeline = events.map((event, at) => ({
    seq: at + 1,
    event,
    at: `2026-11-22T01:0${at}:00Z`,
    actor: { role: "clerk" },
  }));
  return {
    ...{ id, code: "HS-0000-0000", procedure: "1.001193", form: "f", commune: "02683" },
    ...{ state: "received", version: events.length, submittedAt: "2026-11-22T01:00:00Z" },
    ...{ applicant: { name: "Vàng Văn Ví Dụ" }, pages: { received: 0, total: 0 } },
    seq: events.length,
    timeline,
  };
}

const mark = (value: unknown) => ({ name: "reading", value });

test("snapshots and mark are written together or not at all", async () => {
  const { store } = await ownStore();
  const first = dossier("a", "dossier.submitted");
  await withFullDisk("meta", () =>
    assert.rejects(applyDossiers(store, [first], mark("1")), { code: "storage-full" }),
  );
  assert.equal(await readDossier(store, "a"), undefined);
  await applyDossiers(store, [first], mark("1"));
  assert.deepEqual(await readDossier(store, "a"), first);
  assert.equal(await store.db.get("meta", "reading"), "1");
  assert.equal(await knownVersion(store, "a"), 1);
  assert.equal(await knownVersion(store, "b"), 0);
});

test("a snapshot applied twice brings no news twice", async () => {
  const { store } = await ownStore();
  const view = dossier("a", "dossier.submitted", "dossier.received");
  assert.equal((await applyDossiers(store, [view], mark("1"))).length, 1);
  assert.equal((await applyDossiers(store, [view], mark("1"))).length, 0);
});

test("only what came since is news, oldest first", async () => {
  const { store } = await ownStore();
  await applyDossiers(store, [dossier("a", "dossier.submitted", "dossier.received")], mark("1"));
  const later = dossier("a", "dossier.submitted", "dossier.received", "dossier.forwarded");
  const news = await applyDossiers(store, [later], mark("2"));
  assert.deepEqual(
    news.map(({ entry }) => entry.event),
    ["dossier.forwarded"],
  );
});

test("own steps and arrived pages are no news", async () => {
  const { store } = await ownStore();
  const view = dossier("a", "dossier.submitted", "page.received", "dossier.supplemented");
  assert.deepEqual(await applyDossiers(store, [view], mark("1")), []);
  assert.deepEqual(await inbox(store), []);
});

test("inbox and list show the newest first, and seen by dossier", async () => {
  const { store } = await ownStore();
  const older = dossier("a", "dossier.received");
  const newer = dossier("b", "dossier.received", "dossier.finished");
  await applyDossiers(store, [newer, older], mark("1"));
  assert.deepEqual(
    (await listDossiers(store)).map(({ id }) => id),
    ["b", "a"],
  );
  assert.equal((await inbox(store))[0]?.entry.event, "dossier.finished");
  await markSeen(store, "b");
  const isNew = (await inbox(store)).map(({ dossier: { id }, isNew: fresh }) => [id, fresh]);
  assert.deepEqual(
    isNew.filter(([, fresh]) => fresh),
    [["a", true]],
  );
});

test("nobody's name lies open in the database", async () => {
  const { store } = await ownStore();
  await applyDossiers(store, [dossier("a", "dossier.received")], mark("1"));
  const [row] = await store.db.getAll("dossiers");
  assert.equal(JSON.stringify({ ...row, sealed: null }).includes("Vàng"), false);
  const stored = Buffer.from(row?.sealed.data ?? new ArrayBuffer(0)).toString("latin1");
  assert.equal(stored.includes("HS-0000"), false);
});
