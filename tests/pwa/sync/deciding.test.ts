import assert from "node:assert/strict";
import test from "node:test";
import { createDraft } from "../../../pwa/store/drafts.ts";
import type { Store } from "../../../pwa/store/schema.ts";
import { decided, without } from "../../../pwa/sync/deciding.ts";
import { send } from "../../../pwa/sync/mutations.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { freshPhone, newDraft } from "../store/phone.ts";
import { onlyItem, phoneAndServer } from "./delivery.ts";

freshPhone();

const DOSSIER = "3f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a01";
const BOTH = ["/data/ho_ten", "/data/me/tuoi"];
const answers = { ho_ten: "Lò Thị Mẫu", me: { tuoi: "31", que: "Bát Xát" } };

/** A supplement's answer that met another one: a conflict, with the agency's text. */
async function conflict(store: Store) {
  const items = ["/data/ho_ten", "/data/me/tuoi"].map((path) => ({
    path,
    kind: "question" as const,
  }));
  const supplement = { id: "5f0f6f2e-54d5-4c39-9f0c-0f6b7f6f5a02", sentence: "Xem lại", items };
  const draft = await createDraft(store, { ...newDraft(), dossier: DOSSIER, supplement });
  await send(store, draft, answers);
  return draft;
}

test("places are left out, and groups that held nothing else", () => {
  assert.deepEqual(without(answers, []), answers);
  assert.deepEqual(without(answers, ["/data/ho_ten"]), { me: answers.me });
  assert.deepEqual(without(answers, ["/data/me/tuoi", "/data/me/que"]), { ho_ten: "Lò Thị Mẫu" });
  const repeated = { con: [{ ten: "A" }, { ten: "B" }] };
  assert.deepEqual(without(repeated, ["/data/con[1]/ten"]), { con: [{}, { ten: "B" }] });
  assert.deepEqual(without(repeated, ["/data/con[1]/ten", "/data/con[2]/ten"]), {});
});

test("what the person chose of their own goes again, under a new id, in the old one's place", async () => {
  const { store, server, round } = await phoneAndServer();
  const theirs = { "/data/ho_ten": "Lò Thị Thử", "/data/me/tuoi": "30" };
  const problem = { code: "dossier-changed" };
  server.decide = () => ({ verdict: "conflict", problem, theirs });
  const draft = await conflict(store);
  await round();
  const met = await onlyItem(store);
  assert.deepEqual([met.state, met.theirs], ["needs-repair", theirs]);
  server.decide = () => ({ verdict: "applied" });
  const again = await decided(store, met, draft, answers, ["/data/ho_ten"]);
  await round();
  assert.notEqual(again?.id, met.id);
  const told = server.payloads.get(again?.id ?? "");
  assert.deepEqual([told?.answers, told?.decides], [{ me: { tuoi: "31" } }, met.id]);
  assert.equal((await onlyItem(store)).state, "settled");
});

test("where the agency's text stays everywhere nothing is sent and the draft goes", async () => {
  const { store, server, round } = await phoneAndServer();
  server.decide = () => ({ verdict: "conflict", problem: { code: "dossier-changed" } });
  const draft = await conflict(store);
  await round();
  assert.equal(await decided(store, await onlyItem(store), draft, answers, BOTH), null);
  assert.deepEqual(await items(store), []);
  assert.equal(await store.db.count("drafts"), 0);
});
