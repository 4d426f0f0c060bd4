import assert from "node:assert/strict";
import test from "node:test";
import { answer, dropOldBuilds, isAppAddress, precache } from "../../../pwa/sw/caches.ts";
import { request, WorkerTwin } from "./worker.ts";

const navigate = { mode: "navigate" };

test("the app's addresses are the app's, everything else is the server's", () => {
  for (const path of ["/", "/procedures", "/procedures/1.001193", "/drafts/1", "/dossiers/1"]) {
    assert.equal(isAppAddress(path), true, path);
  }
  const later = ["/inbox", "/sign-in", "/enrol/token", "/sent/7", "/settings", "/rescue", "/relay"];
  for (const path of later) {
    assert.equal(isAppAddress(path), true, path);
  }
  for (const path of ["/desk", "/desk/dossiers/1", "/verify", "/docs", "/openapi.json", "/sync"]) {
    assert.equal(isAppAddress(path), false, path);
  }
});

test("after installing, the page and its parts are answered without a network", async () => {
  const worker = new WorkerTwin().install();
  await precache();
  assert.deepEqual(worker.fetched.sort(), ["/", "/assets/later-TEST.js", "/assets/main-TEST.js"]);
  worker.network = async () => {
    throw new TypeError("no network");
  };
  const page = await answer(request("/dossiers/1", navigate));
  assert.equal(await page?.text(), "network /");
  const part = await answer(request("/assets/main-TEST.js"));
  assert.equal(await part?.text(), "network /assets/main-TEST.js");
});

test("installing fails as a whole when one file fails, and goes on where it stopped", async () => {
  const worker = new WorkerTwin().install();
  worker.network = async (url) => new Response(url, { status: url.includes("later") ? 503 : 200 });
  await assert.rejects(precache(), /later-TEST/);
  worker.network = async (url) => new Response(url);
  worker.fetched.length = 0;
  await precache();
  assert.deepEqual(worker.fetched, ["/assets/later-TEST.js"]);
});

test("a part that another build holds is not fetched again", async () => {
  const worker = new WorkerTwin().install();
  const old = await worker.caches.open("hoso-before");
  await old.put("/assets/main-TEST.js", new Response("kept"));
  await old.put("/", new Response("the old page"));
  await precache();
  assert.equal(worker.fetched.includes("/assets/main-TEST.js"), false);
  const page = await answer(request("/", navigate));
  assert.equal(await page?.text(), "network /", "the page itself is this build's");
});

test("this build and the newest before it stay, older ones go", async () => {
  const worker = new WorkerTwin().install();
  for (const name of ["hoso-1", "hoso-2", "someone-else", "hoso-3"]) await worker.caches.open(name);
  await precache();
  await dropOldBuilds();
  assert.deepEqual(await worker.caches.keys(), ["someone-else", "hoso-3", "hoso-test"]);
});

test("an old page's later part is answered from the build it came with", async () => {
  const worker = new WorkerTwin().install();
  const old = await worker.caches.open("hoso-before");
  await old.put("/assets/screen-OLD.js", new Response("old part"));
  await precache();
  const part = await answer(request("/assets/screen-OLD.js"));
  assert.equal(await part?.text(), "old part");
});

test("the server's pages and its interface are left to the network", () => {
  new WorkerTwin().install();
  assert.equal(answer(request("/desk", navigate)), undefined);
  assert.equal(answer(request("/verify", navigate)), undefined);
  assert.equal(answer(request("/catalogue")), undefined);
  assert.equal(answer(request("/sync", { method: "POST" })), undefined);
  assert.equal(answer(request("/static/desk/desk.css")), undefined);
  assert.equal(answer(request("https://elsewhere.example/", navigate)), undefined);
});
