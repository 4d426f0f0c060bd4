import assert from "node:assert/strict";
import { test } from "node:test";
import type { DossierView } from "../../../../pwa/api/contract.ts";
import { textsOf } from "../../../../pwa/shell/screens/dossier-conflict.tsx";
import { mayWithdraw } from "../../../../pwa/shell/screens/dossier-withdraw.tsx";
import type { JournalItem } from "../../../../pwa/sync/queue.ts";

const dossier = (state: string) => ({ state }) as DossierView;
const asked = (state: JournalItem["state"]) => [{ kind: "dossier.withdraw", state } as JournalItem];

test("a dossier may be withdrawn while the agency works on it", () => {
  for (const state of ["submitted", "received", "processing", "supplement"])
    assert.equal(mayWithdraw(dossier(state), []), true, state);
  for (const state of ["refused", "withdrawing", "stopped", "finished", "returned"])
    assert.equal(mayWithdraw(dossier(state), []), false, state);
});

test("withdrawing is asked once, and again only when the asking was refused", () => {
  assert.equal(mayWithdraw(dossier("received"), asked("queued")), false);
  assert.equal(mayWithdraw(dossier("received"), asked("settled")), false);
  assert.equal(mayWithdraw(dossier("received"), asked("needs-repair")), true);
});

test("of the server's side only texts by reference are read", () => {
  assert.deepEqual(textsOf({ "/data/a": "x", "/data/b": 5 }), [["/data/a", "x"]]);
  assert.deepEqual(textsOf(null), []);
  assert.deepEqual(textsOf("x"), []);
});
