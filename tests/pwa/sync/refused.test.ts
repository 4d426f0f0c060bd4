import assert from "node:assert/strict";
import test from "node:test";
import { readDraft } from "../../../pwa/store/drafts.ts";
import { send } from "../../../pwa/sync/mutations.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { isFinal, isWorthKeeping, keepAsDraft, letRefusedGo } from "../../../pwa/sync/refused.ts";
import { freshPhone } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";

freshPhone();

async function refused(code: string) {
  const phone = await phoneAndServer();
  phone.server.decide = () => ({ verdict: "refused", problem: { code } });
  const { draft } = await sent(phone.store, 2_000);
  await phone.round();
  return { ...phone, draft, item: await onlyItem(phone.store) };
}

test("a closed procedure or commune is a final refusal, a wrong answer is not", async () => {
  const { item } = await refused("procedure-closed");
  assert.ok(isFinal(item));
  assert.ok(isFinal({ ...item, reason: "commune-unknown" }));
  for (const reason of ["answers-invalid", "form-unknown", "mutation-too-large"]) {
    assert.ok(!isFinal({ ...item, reason }), reason);
  }
});

test("a wish to withdraw that was refused leaves nothing to mend", () => {
  const item = { kind: "dossier.withdraw" as const, state: "needs-repair" as const };
  assert.ok(isFinal({ ...item, reason: "dossier-changed" }));
});

test("kept as a draft its answers and pages are as before Send, and it may be sent again", async () => {
  const { store, item, draft, server, round } = await refused("procedure-closed");
  assert.ok(isWorthKeeping(item));
  await keepAsDraft(store, item);
  assert.deepEqual(await items(store), []);
  const kept = await readDraft(store, draft.id);
  assert.deepEqual([kept?.state, kept?.answers], ["open", draft.answers]);
  assert.equal(await store.db.count("blobs"), 1);
  server.decide = () => ({ verdict: "applied" });
  assert.ok(kept);
  await send(store, kept, kept.answers as Record<string, string>);
  await round();
  assert.equal((await onlyItem(store)).state, "settled");
});

test("let go it leaves with its draft and its pages", async () => {
  const { store, item } = await refused("procedure-closed");
  await letRefusedGo(store, item);
  assert.deepEqual(await items(store), []);
  assert.deepEqual([await store.db.count("drafts"), await store.db.count("blobs")], [0, 0]);
});
