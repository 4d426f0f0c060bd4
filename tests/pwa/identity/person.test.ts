import assert from "node:assert/strict";
import test from "node:test";
import { requestCode, signInWithCode } from "../../../pwa/identity/code.ts";
import { openDevice } from "../../../pwa/identity/device.ts";
import {
  bindDevice,
  currentPerson,
  type Person,
  profileFor,
  signOut,
} from "../../../pwa/identity/person.ts";
import { base64url } from "../../../pwa/store/bytes.ts";
import { isSignedIn } from "../../../pwa/store/people.ts";
import { openStore } from "../../../pwa/store/schema.ts";
import { freshPhone, ownStore } from "../store/phone.ts";
import { json, problem } from "../sync/server.ts";

freshPhone();

const person: Person = {
  id: "9a1f2b34-0000-4000-8000-000000000001",
  account: "can-bo-thon",
  name: "Cán bộ Ví Dụ",
  roles: [
    { role: "administrator", commune: "", communeName: "" },
    { role: "officer", commune: "02683", communeName: "Xã Ví Dụ" },
  ],
};

/** A server's identity routes: what was asked, and answers to be changed by the test. */
function identity() {
  const asked: { method: string; path: string; body: unknown; credentials: unknown }[] = [];
  const answers: Record<string, () => Response> = {
    "POST /identity/codes": () => new Response(null, { status: 202 }),
    "POST /identity/logins": () => json(person),
    "GET /identity/me": () => json(person),
    "DELETE /identity/login": () => new Response(null, { status: 204 }),
    "POST /identity/devices": () => json({ id: "d" }),
  };
  const around = {
    now: () => 0,
    fetch: async (path: string, { method = "GET", body, credentials }: RequestInit) => {
      asked.push({ method, path, body: body && JSON.parse(String(body)), credentials });
      return answers[`${method} ${path}`]?.() ?? problem(404, "not-found");
    },
  };
  return { asked, answers, around };
}

const offline = () => {
  throw new TypeError("no network");
};

test("a code is asked for by the account without its blanks", async () => {
  const { asked, around } = identity();
  await requestCode("  can-bo-thon ", around);
  assert.deepEqual(asked[0]?.body, { account: "can-bo-thon" });
});

test("signing in opens the person's store and binds its device to them", async () => {
  const { shared } = await ownStore();
  const { asked, around } = identity();
  const profile = await signInWithCode(shared, "can-bo-thon", "123 456", around);
  assert.deepEqual(asked[0]?.body, { account: "can-bo-thon", code: "123456" });
  assert.equal(asked[0]?.credentials, "same-origin");
  assert.equal(profile.role, "officer", "on a phone people work as village officers");
  assert.equal(profile.commune, "02683");
  const store = await openStore(shared);
  assert.equal(store.name, profile.store);
  await bindDevice(store, around);
  const { point } = await openDevice(store);
  const bound = asked.find(({ path }) => path === "/identity/devices");
  assert.deepEqual(bound?.body, { key: base64url(point) });
});

test("a refused code leaves the phone as it was", async () => {
  const { shared } = await ownStore();
  const { answers, around } = identity();
  answers["POST /identity/logins"] = () => problem(401, "sign-in-refused");
  await assert.rejects(signInWithCode(shared, "x", "1", around), { code: "sign-in-refused" });
  assert.equal((await openStore(shared)).name, "own");
});

test("a device that could not be bound at sign-in is bound at the next start, once", async () => {
  const { shared } = await ownStore();
  const { asked, answers, around } = identity();
  const works = answers["POST /identity/devices"] as () => Response;
  answers["POST /identity/devices"] = offline;
  await signInWithCode(shared, "can-bo-thon", "123456", around);
  const store = await openStore(shared);
  await bindDevice(store, around);
  answers["POST /identity/devices"] = works;
  assert.deepEqual(await currentPerson(store, around), person);
  await currentPerson(store, around);
  assert.equal(asked.filter(({ path }) => path === "/identity/devices").length, 2);
});

test("a device that may not be bound does not keep its person out", async () => {
  const { shared } = await ownStore();
  const { answers, around } = identity();
  answers["POST /identity/devices"] = () => problem(403, "not-allowed");
  await signInWithCode(shared, "can-bo-thon", "123456", around);
  const store = await openStore(shared);
  await bindDevice(store, around);
  assert.equal(await isSignedIn(store), true);
});

test("a store whose lock is closed, or whose login ended, binds nothing", async () => {
  const { shared } = await ownStore();
  const { asked, around } = identity();
  await signInWithCode(shared, "can-bo-thon", "123456", around);
  const store = await openStore(shared);
  store.vault.use(null);
  await bindDevice(store, around);
  await signOut(shared, around);
  await bindDevice(await openStore(shared, store.name), around);
  assert.equal(asked.filter(({ path }) => path === "/identity/devices").length, 0);
});

test("an expired login is noticed; without a network the profile goes on counting", async () => {
  const { shared } = await ownStore();
  const { answers, around } = identity();
  await signInWithCode(shared, "can-bo-thon", "123456", around);
  const store = await openStore(shared);
  answers["GET /identity/me"] = offline;
  await assert.rejects(currentPerson(store, around), { code: "network-none" });
  assert.equal(await isSignedIn(store), true);
  answers["GET /identity/me"] = () => problem(401, "sign-in-required");
  assert.equal(await currentPerson(store, around), null);
  assert.equal(await isSignedIn(store), false);
});

test("signing out goes back to the own store, told or not", async () => {
  const { shared } = await ownStore();
  const { answers, around } = identity();
  await signInWithCode(shared, "can-bo-thon", "123456", around);
  answers["DELETE /identity/login"] = offline;
  assert.equal(await signOut(shared, around), false);
  assert.equal((await openStore(shared)).name, "own");
  answers["DELETE /identity/login"] = () => new Response(null, { status: 204 });
  assert.equal(await signOut(shared, around), true);
});

test("somebody without an appointment is a citizen", () => {
  assert.deepEqual(profileFor({ ...person, roles: [] }), {
    ...{ personId: person.id, account: "can-bo-thon", name: "Cán bộ Ví Dụ" },
    ...{ role: "citizen", commune: "", communeName: "" },
  });
});
