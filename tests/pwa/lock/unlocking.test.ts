import assert from "node:assert/strict";
import test from "node:test";
import { FREE_TRIES } from "../../../pwa/lock/pin.ts";
import { affordable, LEAST } from "../../../pwa/lock/stretch.ts";
import { readTries, waited } from "../../../pwa/lock/tries.ts";
import {
  addPasskey,
  choosePin,
  settlePasskey,
  unlockByPasskey,
  unlockByPin,
} from "../../../pwa/lock/unlocking.ts";
import { listDrafts } from "../../../pwa/store/drafts.ts";
import { wrapsOf } from "../../../pwa/store/locks.ts";
import { openStore, type Store } from "../../../pwa/store/schema.ts";
import { filledDraft, freshPhone, ownStore } from "../store/phone.ts";
import { withWorker } from "./worker.ts";

freshPhone();
withWorker();

/** So that a test need not wait as a guesser must. */
const CHEAP = { memory: 64, passes: 1 };

const PIN = "739154";
const passkey = (seed: number) => ({
  credential: `credential-${seed}`,
  secret: new Uint8Array(32).fill(seed),
});

/** The store as the next start of the app finds it. */
function restarted({ shared, name }: Store): Promise<Store> {
  return openStore(shared, name);
}

test("a fast phone pays more for each guess, a slow one never less than the least", () => {
  assert.deepEqual(affordable(0.0001), { memory: 64 * 1024, passes: 3 });
  assert.deepEqual(affordable(0.03), LEAST);
  assert.deepEqual(affordable(10), LEAST);
});

test("a PIN locks what was there and opens it again after a restart", async () => {
  const { store } = await ownStore();
  await filledDraft(store, 100);
  await choosePin(store, PIN, undefined, CHEAP);
  assert.equal((await listDrafts(store)).length, 1, "open for whoever has just chosen it");
  const later = await restarted(store);
  assert.equal(later.vault.isLocked, true);
  await assert.rejects(listDrafts(later), { code: "store-locked" });
  await unlockByPin(later, PIN);
  assert.equal((await listDrafts(later))[0]?.applicant.name, "Giàng A Thử");
});

test("a wrong PIN opens nothing, is counted, and in the end has to wait", async () => {
  const { store } = await ownStore();
  await filledDraft(store);
  await choosePin(store, PIN, undefined, CHEAP);
  let later = await restarted(store);
  for (let turn = 0; turn < FREE_TRIES; turn++) {
    await assert.rejects(unlockByPin(later, "739155"), { code: "pin-wrong" });
    later = await restarted(later);
  }
  assert.deepEqual(await readTries(later), { wrong: FREE_TRIES, left: 30_000 });
  await assert.rejects(unlockByPin(later, PIN), { code: "pin-wait" });
  assert.equal(later.vault.isLocked, true);
  await waited(later, 29_000);
  await assert.rejects(unlockByPin(later, PIN), { code: "pin-wait" });
  await waited(later, 1_000);
  await unlockByPin(later, PIN);
  assert.equal((await listDrafts(later)).length, 1, "nothing was destroyed");
  assert.deepEqual(await readTries(later), { wrong: 0, left: 0 });
});

test("setting the phone's clock shortens no waiting, and a clock going back lengthens none", async () => {
  const { store } = await ownStore();
  await choosePin(store, PIN, undefined, CHEAP);
  const later = await restarted(store);
  for (let turn = 0; turn < FREE_TRIES; turn++) {
    await unlockByPin(later, "739155").catch(() => undefined);
  }
  const now = Date.now;
  try {
    Date.now = () => now() + 365 * 86_400_000;
    await assert.rejects(unlockByPin(later, PIN), { code: "pin-wait" });
    Date.now = () => now() - 365 * 86_400_000;
    assert.equal((await waited(later, -5_000)).left, 30_000);
  } finally {
    Date.now = now;
  }
});

test("ending the app while a PIN is looked at wins no free try", async () => {
  const { store } = await ownStore();
  await choosePin(store, PIN, undefined, CHEAP);
  const later = await restarted(store);
  const attempt = unlockByPin(later, "739155");
  attempt.catch(() => undefined);
  while ((await readTries(store)).wrong === 0) await new Promise((next) => setTimeout(next, 1));
  assert.equal((await readTries(store)).wrong, 1, "counted before the answer is known");
  await assert.rejects(attempt, { code: "pin-wrong" });
});

test("changing the PIN needs the old one and leaves the old one useless", async () => {
  const { store } = await ownStore();
  await filledDraft(store);
  await choosePin(store, PIN, undefined, CHEAP);
  await assert.rejects(choosePin(store, "915473", "111222", CHEAP), { code: "pin-wrong" });
  await choosePin(store, "915473", PIN, CHEAP);
  const later = await restarted(store);
  await assert.rejects(unlockByPin(later, PIN), { code: "pin-wrong" });
  await unlockByPin(later, "915473");
  assert.equal((await listDrafts(later)).length, 1);
});

test("a passkey becomes the lock of a store without one and opens it without any PIN", async () => {
  const { store } = await ownStore();
  await settlePasskey(store, passkey(1));
  await filledDraft(store);
  const later = await restarted(store);
  await assert.rejects(unlockByPasskey(later, passkey(2)), { code: "passkey-other" });
  const forged = { ...passkey(2), credential: passkey(1).credential };
  await assert.rejects(unlockByPasskey(later, forged), { code: "passkey-other" });
  await unlockByPasskey(later, passkey(1));
  assert.equal((await listDrafts(later)).length, 1);
});

test("another passkey of the same person leaves the lock as it is", async () => {
  const { store } = await ownStore();
  await choosePin(store, PIN, undefined, CHEAP);
  const later = await restarted(store);
  await settlePasskey(later, passkey(1));
  assert.equal(later.vault.isLocked, true);
  assert.deepEqual(
    (await wrapsOf(later)).map(({ by }) => by),
    ["pin"],
  );
});

test("PIN and passkey may both open a store", async () => {
  const { store } = await ownStore();
  await choosePin(store, PIN, undefined, CHEAP);
  await addPasskey(store, passkey(1), PIN);
  const first = await restarted(store);
  await unlockByPasskey(first, passkey(1));
  assert.equal(first.vault.isLocked, false);
  const second = await restarted(store);
  await unlockByPin(second, PIN);
  await choosePin(second, "915473", passkey(1), CHEAP);
  await unlockByPin(await restarted(store), "915473");
});
