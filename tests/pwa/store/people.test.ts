import assert from "node:assert/strict";
import test from "node:test";
import {
  activate,
  isSignedIn,
  profileOf,
  profiles,
  readSetting,
  saveSetting,
  welcome,
} from "../../../pwa/store/people.ts";
import { eraseStore, openStore, storeNames } from "../../../pwa/store/schema.ts";
import { persistence } from "../../../pwa/store/space.ts";
import { filledDraft, freshPhone, ownStore } from "./phone.ts";

freshPhone();

const officer = {
  ...{ personId: "p1", account: "can-bo", name: "Cán bộ Mẫu" },
  ...{ role: "officer", commune: "02683", communeName: "Xã Ví Dụ" },
};

test("the citizen's own store opens first and has no profile", async () => {
  const { store } = await ownStore();
  assert.equal(store.name, "own");
  assert.equal(await profileOf(store), null);
  assert.equal(await isSignedIn(store), false);
});

test("whoever signs in has a store of their own, which opens from then on", async () => {
  const { shared, store } = await ownStore();
  const profile = await welcome(shared, officer);
  const theirs = await openStore(shared);
  assert.equal(theirs.name, profile.store);
  assert.deepEqual(await profileOf(theirs), profile);
  assert.equal(await isSignedIn(theirs), true);
  assert.equal(await isSignedIn(store), false);
  assert.deepEqual(await profiles(shared), [profile]);
  await filledDraft(theirs);
  assert.equal(await store.db.count("drafts"), 0);
});

test("an expired login leaves the officer's store usable", async () => {
  const { shared } = await ownStore();
  await welcome(shared, officer);
  await saveSetting(shared, "login", null);
  const theirs = await openStore(shared);
  assert.equal((await profileOf(theirs))?.name, "Cán bộ Mẫu");
  assert.equal(await isSignedIn(theirs), false);
});

test("going back to the own store and erasing the other leaves nothing of it", async () => {
  const { shared } = await ownStore();
  const profile = await welcome(shared, officer);
  const theirs = await openStore(shared);
  await filledDraft(theirs, 10);
  await activate(shared);
  theirs.db.close();
  await eraseStore(shared, profile.store);
  assert.equal((await openStore(shared)).name, "own");
  assert.deepEqual(await storeNames(shared), ["own"]);
  assert.equal(await (await openStore(shared, profile.store)).db.count("drafts"), 0);
});

test("settings are remembered and forgotten", async () => {
  const { shared } = await ownStore();
  await saveSetting(shared, "language", "en");
  assert.equal(await readSetting(shared, "language"), "en");
  await saveSetting(shared, "language", null);
  assert.equal(await readSetting(shared, "language"), undefined);
});

/** A browser with this storage manager, and how often it was asked to persist. */
function withStorage(answer: () => Promise<boolean>) {
  let asked = 0;
  const persist = () => {
    asked += 1;
    return answer();
  };
  const estimate = async () => ({ usage: 5, quota: 10 });
  const storage = { persist, persisted: async () => asked > 0, estimate };
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { storage }, configurable: true });
  const restore = () => {
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else Reflect.deleteProperty(globalThis, "navigator");
  };
  return { count: () => asked, restore };
}

test("keeping the data is asked once, after the first draft, and nobody waits for it", async () => {
  const { store } = await ownStore();
  const browser = withStorage(() => new Promise(() => undefined));
  try {
    assert.deepEqual(await persistence(), { isPersisted: false, usage: 5, quota: 10 });
    await filledDraft(store);
    await filledDraft(store);
    assert.equal(browser.count(), 1);
    assert.equal((await persistence()).isPersisted, true);
  } finally {
    browser.restore();
  }
});

test("a browser that says nothing about storage is told as unknown", async () => {
  assert.deepEqual(await persistence(), { isPersisted: null, usage: null, quota: null });
});
