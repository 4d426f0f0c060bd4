import assert from "node:assert/strict";
import test from "node:test";
import {
  beginAtProvider,
  offeredProvider,
  signInFromProvider,
} from "../../../pwa/identity/openid.ts";
import { signOut } from "../../../pwa/identity/person.ts";
import { readSetting, saveSetting } from "../../../pwa/store/people.ts";
import { freshPhone, ownStore } from "../store/phone.ts";
import { json, problem } from "../sync/server.ts";

freshPhone();

const person = {
  id: "9a1f2b34-0000-4000-8000-000000000001",
  account: "can-bo-thon",
  name: "Cán bộ Ví Dụ",
  roles: [],
};

function server() {
  const asked: string[] = [];
  const answers: Record<string, () => Response> = {
    "GET /identity/openid": () => json({ isOffered: true, name: "Nơi xác nhận thử" }),
    "POST /identity/openid": () => json({ url: "https://provider.example/authorize?state=s" }),
    "DELETE /identity/login": () => new Response(null, { status: 204 }),
    "GET /identity/me": () => json(person),
  };
  const around = {
    now: () => 0,
    fetch: async (path: string, { method = "GET", body, credentials }: RequestInit) => {
      asked.push(`${method} ${path} ${credentials} ${body ?? ""}`.trim());
      return answers[`${method} ${path}`]?.() ?? problem(404, "not-found");
    },
  };
  return { asked, answers, around };
}

test("the button has the provider's name, and is not there where none is offered", async () => {
  const { answers, around } = server();
  assert.equal(await offeredProvider(around), "Nơi xác nhận thử");
  answers["GET /identity/openid"] = () => json({ isOffered: false, name: "" });
  assert.equal(await offeredProvider(around), null);
});

test("the login there was ends before the browser leaves for the provider", async () => {
  const { shared } = await ownStore();
  await saveSetting(shared, "login", "somebody");
  const { asked, around } = server();
  const address = await beginAtProvider(shared, "token", around);
  assert.equal(address, "https://provider.example/authorize?state=s");
  assert.deepEqual(asked, [
    "DELETE /identity/login same-origin",
    'POST /identity/openid same-origin {"screen":"app","enrolment":"token"}',
  ]);
  assert.equal(await readSetting(shared, "login"), undefined);
});

test("who comes back is welcomed once", async () => {
  const { shared } = await ownStore();
  const { around } = server();
  await beginAtProvider(shared, "", around);
  const profile = await signInFromProvider(shared, around);
  assert.equal(profile?.store, `person.${person.id}`);
  assert.equal(await readSetting(shared, "login"), person.id);
  assert.equal(await signInFromProvider(shared, around), null);
});

test("an address alone brings nobody back, whatever cookie lives on", async () => {
  const { shared } = await ownStore();
  const { asked, around } = server();
  assert.equal(await signInFromProvider(shared, around), null);
  await beginAtProvider(shared, "", around);
  await signOut(shared, around);
  assert.equal(await signInFromProvider(shared, around), null);
  assert.ok(!asked.some((one) => one.startsWith("GET /identity/me")));
});

test("who came back without a login is told, and nobody is welcomed", async () => {
  const { shared } = await ownStore();
  const { answers, around } = server();
  await beginAtProvider(shared, "", around);
  answers["GET /identity/me"] = () => problem(401, "sign-in-required");
  await assert.rejects(signInFromProvider(shared, around), { code: "sign-in-required" });
  assert.deepEqual(await shared.getAll("people"), []);
});
