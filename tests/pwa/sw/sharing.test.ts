import assert from "node:assert/strict";
import test from "node:test";
import { sharedFile } from "../../../pwa/store/shared-file.ts";
import { isShared } from "../../../pwa/sw/caches.ts";
import { takeShared } from "../../../pwa/sw/sharing.ts";
import { WorkerTwin } from "./worker.ts";

const ORIGIN = "https://hoso.example";

function posted(name: string, content: Blob): Request {
  const body = new FormData();
  body.append(name, content, "HS-0000-0000.hoso.txt");
  return new Request(`${ORIGIN}/relay`, { method: "POST", body });
}

function installed(): void {
  const { caches } = new WorkerTwin().install();
  Object.assign(caches, { has: async (name: string) => caches.all.has(name) });
}

test("a file that another app shares waits for the screen that takes it in, once", async () => {
  installed();
  const request = posted("file", new Blob(["HOSORES1…"]));
  assert.ok(isShared(request));
  const response = await takeShared(request);
  assert.deepEqual([response.status, response.headers.get("Location")], [303, `${ORIGIN}/relay`]);
  assert.equal(await (await sharedFile())?.text(), "HOSORES1…");
  assert.equal(await sharedFile(), null);
});

test("a form without a file only opens the screen", async () => {
  installed();
  const response = await takeShared(posted("other", new Blob(["x"])));
  assert.equal(response.status, 303);
  assert.equal(await sharedFile(), null);
});

test("only a form posted to that screen is taken for one", () => {
  assert.ok(!isShared(new Request(`${ORIGIN}/relay`)));
  assert.ok(!isShared(new Request(`${ORIGIN}/sync`, { method: "POST" })));
});
