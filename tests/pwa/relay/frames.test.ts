import assert from "node:assert/strict";
import test from "node:test";
import "../store/phone.ts";
import { BLOCK, blocksIn, Collector, frameOf } from "../../../pwa/relay/fountain.ts";
import { FrameReader, framesOf, LARGEST } from "../../../pwa/relay/frames.ts";
import type { Bytes } from "../../../pwa/store/bytes.ts";

const message = (length: number, seed = 1): Bytes =>
  Uint8Array.from({ length }, (_, at) => (at * 31 + seed * 17 + (at >> 7)) & 255) as Bytes;

/** Numbers 0 to 1, the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("the frames of a message in order give it back with not one too many", async () => {
  for (const length of [1, BLOCK - 1, BLOCK, BLOCK + 1, 2_600]) {
    const whole = message(length);
    const frame = await framesOf(whole);
    const reader = new FrameReader();
    const count = blocksIn(length);
    for (let at = 0; at < count - 1; at++) assert.equal(await reader.read(frame(at)), null);
    assert.deepEqual(await reader.read(frame(count - 1)), whole);
  }
});

test("with four of ten frames missed, in any order and some twice, hardly more are needed", async () => {
  let most = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const draw = chance(seed);
    const whole = message(2_600, seed);
    const collector = new Collector(whole.length);
    let seen = 0;
    const numbers = Array.from({ length: 400 }, () => Math.floor(draw() * 2_000));
    for (const number of numbers) {
      if (draw() < 0.4) continue;
      collector.take(number, frameOf(whole, number));
      seen += 1;
      if (collector.message()) break;
    }
    assert.deepEqual(collector.message(), whole);
    most = Math.max(most, seen - collector.count);
  }
  assert.ok(most <= 12, `${most} frames too many`);
});

test("whoever comes late reads the sums alone", async () => {
  const whole = message(2_000);
  const frame = await framesOf(whole);
  const reader = new FrameReader();
  let found: Bytes | null = null;
  for (let at = 500; !found && at < 540; at++) found = await reader.read(frame(at));
  assert.deepEqual(found, whole);
});

test("another sender's frames begin anew, codes of other things are passed over", async () => {
  const [first, second] = [message(900, 1), message(900, 2)];
  const [one, two] = [await framesOf(first), await framesOf(second)];
  const reader = new FrameReader();
  await reader.read(one(0));
  for (const other of ["https://motcua.example.vn", "HOSO1:", "HOSO1:AAAA", "HOSO1:***"]) {
    assert.equal(await reader.read(other), null);
  }
  assert.deepEqual(reader.progress, { known: 1, count: 4 });
  for (let at = 0; at < 3; at++) await reader.read(two(at));
  assert.deepEqual(await reader.read(two(3)), second);
});

test("a frame that was misread never makes a wrong message, and the next pass succeeds", async () => {
  const whole = message(700);
  const frame = await framesOf(whole);
  const reader = new FrameReader();
  const misread = (text: string): string =>
    `${text.slice(0, 40)}${text[40] === "A" ? "B" : "A"}${text.slice(41)}`;
  assert.equal(await reader.read(misread(frame(0))), null);
  assert.equal(await reader.read(frame(1)), null);
  assert.equal(await reader.read(frame(2)), null);
  for (const at of [0, 1]) assert.equal(await reader.read(frame(at)), null);
  assert.deepEqual(await reader.read(frame(2)), whole);
});

test("a frame that claims to be of a larger message than any is passed over", async () => {
  const frame = await framesOf(message(LARGEST + 1));
  const reader = new FrameReader();
  assert.equal(await reader.read(frame(0)), null);
  assert.equal(reader.progress, null);
});
