import assert from "node:assert/strict";
import test from "node:test";
import { call, callJson, type Fetch } from "../../../pwa/api/client.ts";
import { codeOf, ProblemError, retryAfter, Unreachable } from "../../../pwa/api/problems.ts";

/** A net that answers this and remembers how it was asked. */
function answering(answer: () => Response) {
  const asked: RequestInit[] = [];
  const fetch: Fetch = async (_, init) => {
    asked.push(init);
    return answer();
  };
  return { asked, around: { fetch, now: () => Date.UTC(2026, 10, 22) } };
}

const json = (status: number, content: unknown, headers = {}) =>
  new Response(JSON.stringify(content), {
    status,
    headers: { "Content-Type": "application/problem+json; charset=utf-8", ...headers },
  });

test("an object travels as JSON, without cookie and without following redirects", async () => {
  const { asked, around } = answering(() => json(200, { ok: true }));
  assert.deepEqual(await callJson(around, "/x", { body: { a: 1 } }), { ok: true });
  const [init] = asked;
  assert.equal(init?.method, "POST");
  assert.equal(init?.body, '{"a":1}');
  assert.equal(init?.credentials, "omit");
  assert.equal(init?.redirect, "error");
  assert.equal(new Headers(init?.headers).get("Content-Type"), "application/json");
});

test("bytes travel as they are, and the cookie goes along only when asked for", async () => {
  const { asked, around } = answering(() => new Response(null, { status: 204 }));
  const body = new Uint8Array([1, 2]);
  await call(around, "/x", { method: "PATCH", body, withLogin: true });
  assert.equal(asked[0]?.body, body);
  assert.equal(asked[0]?.credentials, "same-origin");
});

test("a problem of the server comes out with its code, status and facts", async () => {
  const problem = { code: "answers-invalid", vi: "Chưa đúng", en: "Not right", count: 2 };
  const { around } = answering(() => json(422, problem));
  const error = await call(around, "/x").then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ProblemError);
  assert.equal(error.status, 422);
  assert.deepEqual(error.problem, problem);
  assert.equal(codeOf(error), "answers-invalid");
});

test("an allowed status is the caller's to read", async () => {
  const { around } = answering(() => new Response(null, { status: 304 }));
  assert.equal((await call(around, "/catalogue", { allow: [304] })).status, 304);
});

test("a body cut off on the way is no answer", async () => {
  const stream = new ReadableStream({
    pull(controller) {
      controller.error(new TypeError("terminated"));
    },
  });
  const { around } = answering(() => new Response(stream));
  await assert.rejects(call(around, "/x"), { code: "network-none" });
});

test("JSON that is not UTF-8 is garbled, not misread", async () => {
  const headers = { "Content-Type": "application/json" };
  const { around } = answering(() => new Response(new Uint8Array([34, 0xff, 34]), { headers }));
  await assert.rejects(callJson(around, "/x"), { code: "network-garbled" });
});

test("Retry-After is read in seconds and as a date, and capped at an hour", () => {
  const now = Date.UTC(2026, 10, 22, 1, 0, 0);
  assert.equal(retryAfter("90", now), 90_000);
  assert.equal(retryAfter("Sun, 22 Nov 2026 01:02:00 GMT", now), 120_000);
  assert.equal(retryAfter("Sun, 22 Nov 2026 00:02:00 GMT", now), 0);
  assert.equal(retryAfter("99999999", now), 3_600_000);
  assert.equal(retryAfter("soon", now), null);
  assert.equal(retryAfter(null, now), null);
});

test("a busy server's wish travels with the error", async () => {
  const { around } = answering(() => json(503, { code: "server-busy" }, { "Retry-After": "7" }));
  const error = await call(around, "/x").then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Unreachable);
  assert.deepEqual([error.code, error.retryAfter], ["server-busy", 7_000]);
});

test("anything else that was thrown is a fault of the app", () => {
  assert.equal(codeOf(new Error("x")), "app-fault");
  assert.equal(codeOf(new DOMException("", "AbortError")), "app-fault");
  assert.equal(codeOf(null), "app-fault");
});
