import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, test } from "node:test";
import type { Net } from "../../../pwa/api/client.ts";
import type { Definition } from "../../../pwa/forms/engine/definition.ts";
import { fetchMedia, sweepMedia } from "../../../pwa/sync/media.ts";

const PICTURE = "a picture";
const DIGEST = createHash("sha256").update(PICTURE).digest("hex");
const ADDRESS = `/media/${DIGEST}`;

const form = (media?: Record<string, string>) => ({ media }) as unknown as Definition;

/** The browser's caches, as one map from path to answer. */
function fakeCaches(): Map<string, Response> {
  const kept = new Map<string, Response>();
  const cache = {
    match: async (path: string) => kept.get(path),
    put: async (path: string, response: Response) => void kept.set(path, response),
    keys: async () => [...kept.keys()].map((path) => new Request(`https://x.test${path}`)),
    delete: async (request: Request) => kept.delete(new URL(request.url).pathname),
  };
  Object.defineProperty(globalThis, "caches", {
    value: { open: async () => cache },
    configurable: true,
  });
  return kept;
}

afterEach(() => Reflect.deleteProperty(globalThis, "caches"));

function around(answer: () => Response): { net: Net; asked: string[] } {
  const asked: string[] = [];
  const net: Net = {
    fetch: async (url) => {
      asked.push(String(url));
      return answer();
    },
    now: () => 0,
  };
  return { net, asked };
}

test("what a form shows is kept once, and asked for no more", async () => {
  const kept = fakeCaches();
  const { net, asked } = around(
    () => new Response(PICTURE, { headers: { "Content-Type": "image/png" } }),
  );
  await fetchMedia(form({ "a.png": DIGEST }), net);
  await fetchMedia(form({ "a.png": DIGEST }), net);
  assert.equal(await kept.get(ADDRESS)?.text(), PICTURE);
  assert.equal(asked.length, 1);
});

test("bytes that are not those the form names never get in", async () => {
  const kept = fakeCaches();
  await fetchMedia(form({ "a.png": DIGEST }), around(() => new Response("a portal's page")).net);
  assert.equal(kept.size, 0);
});

test("a network that fails holds nothing up", async () => {
  fakeCaches();
  const fails = around(() => {
    throw new TypeError("offline");
  });
  await fetchMedia(form({ "a.png": DIGEST }), fails.net);
});

test("what no form shows any more is dropped", async () => {
  const kept = fakeCaches();
  kept.set(ADDRESS, new Response(PICTURE)).set("/media/old", new Response("old"));
  await sweepMedia([form({ "a.png": DIGEST }), form()]);
  assert.deepEqual([...kept.keys()], [ADDRESS]);
});
