import assert from "node:assert/strict";
import test from "node:test";
import { FREE_TRIES, newPinFault, pinFault, waitAfter } from "../../../pwa/lock/pin.ts";

test("six digits or more may be a PIN", () => {
  assert.equal(pinFault("739154"), null);
  assert.equal(pinFault("7391548260"), null);
  assert.equal(pinFault("73915"), "pin-short");
  assert.equal(pinFault(""), "pin-empty");
  assert.equal(pinFault("7".repeat(33)), "pin-long");
});

test("digits of another keyboard and letters are told apart", () => {
  for (const pin of ["７３９１５４", "٧٣٩١٥٤", "៧៣៩១៥៤"]) {
    assert.equal(pinFault(pin), "pin-other-digits", pin);
  }
  for (const pin of ["mật khẩu", "73915a", "739 154", "73915½"]) {
    assert.equal(pinFault(pin), "pin-letters", pin);
  }
});

test("what anybody tries first may not become a PIN, but opens where it is one", () => {
  for (const pin of ["000000", "123456", "654321", "890123", "121212", "147147", "135791"]) {
    assert.equal(newPinFault(pin), "pin-simple", pin);
    assert.equal(pinFault(pin), null);
  }
  assert.equal(newPinFault("739154"), null);
});

test("waiting begins after some tries, doubles, and ends at an hour", () => {
  assert.deepEqual([1, FREE_TRIES - 1].map(waitAfter), [0, 0]);
  assert.deepEqual([3, 4, 5, 6].map(waitAfter), [30_000, 60_000, 120_000, 240_000]);
  assert.equal(waitAfter(10), 3_600_000);
  assert.equal(waitAfter(10_000), 3_600_000);
});
