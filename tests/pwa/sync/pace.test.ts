import assert from "node:assert/strict";
import test from "node:test";
import { nextPace, paceOf } from "../../../pwa/sync/pace.ts";
import { freshPhone } from "../store/phone.ts";
import { phoneAndServer, sent } from "./delivery.ts";

freshPhone();

test("half of the pace is what was, half is what was just seen", () => {
  assert.equal(nextPace(5, 100_000, 10_000), 7.5);
});

test("a few bytes, or a clock that stood still, teach nothing", () => {
  assert.equal(nextPace(5, 900, 10), 5);
  assert.equal(nextPace(5, 100_000, 0), 5);
  assert.equal(nextPace(5, 100_000, -60_000), 5);
});

test("pages that went up teach the pace, for everyone on the phone", async () => {
  const { store, shared, server, round } = await phoneAndServer();
  const before = await paceOf(shared);
  await sent(store, 300_000);
  server.before = ({ method }) => {
    if (method === "PATCH") server.clock += 1_000;
    return undefined;
  };
  await round();
  assert.ok((await paceOf(shared)) > before);
});
