import assert from "node:assert/strict";
import test from "node:test";
import type { DossierView } from "../../../pwa/api/contract.ts";
import { applyDossiers, listDossiers } from "../../../pwa/store/dossiers.ts";
import { letEndedGo } from "../../../pwa/store/leaving.ts";
import { phoneAndServer, sent } from "../sync/delivery.ts";
import { freshPhone } from "./phone.ts";

freshPhone();

const DAY = 86_400_000;
const ended = Date.parse("2026-11-22T02:00:00Z");

const view = (id: string, state: string): DossierView => ({
  ...{ id, code: "HS-0000-0000", procedure: "1.001193", form: "f".repeat(64), commune: "02683" },
  ...{ state, version: 2, submittedAt: "2026-11-01T01:02:03Z", applicant: { name: "Lò Thị Mẫu" } },
  ...{ pages: { received: 0, total: 0 }, seq: 11 },
  timeline: [
    { seq: 11, event: "dossier.returned", at: "2026-11-22T02:00:00Z", actor: { role: "clerk" } },
  ],
});

test("a dossier that ended leaves after its days with its journal, one under way stays", async () => {
  const { store, round } = await phoneAndServer();
  await sent(store, 1_000);
  await round("online");
  const [item] = await store.db.getAll("journal");
  assert.equal(item?.state, "settled");
  const open = "3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a02";
  const views = [view(item?.dossier ?? "", "returned"), view(open, "processing")];
  await applyDossiers(store, views, { name: "reading", value: {} });
  assert.equal(await letEndedGo(store, 30, ended + 30 * DAY), 0);
  assert.equal(await letEndedGo(store, 30, ended + 31 * DAY), 1);
  assert.deepEqual(
    (await listDossiers(store)).map(({ id }) => id),
    [open],
  );
  assert.equal(await store.db.count("journal"), 0);
  assert.equal(await store.db.count("filed"), 0);
});

test("what is not delivered stays, however long ago its dossier ended", async () => {
  const { store } = await phoneAndServer();
  const { item } = await sent(store);
  await applyDossiers(store, [view(item.dossier, "stopped")], { name: "reading", value: {} });
  await letEndedGo(store, 0, ended + DAY);
  assert.equal(await store.db.count("journal"), 1);
});
