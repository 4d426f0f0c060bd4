import assert from "node:assert/strict";
import { test } from "node:test";
import { seedOf, shuffle } from "../../../../pwa/forms/engine/chance.ts";
import { zoneOf } from "../../../../pwa/forms/engine/dates.ts";
import type { Value } from "../../../../pwa/forms/engine/values.ts";

const zone = zoneOf("+00:00");
const mixed = (seed: Value): string => shuffle([..."ABCDEF"], seedOf(seed, zone)).join("");

test("a seed gives the order that ODK's clients give", () => {
  assert.equal(mixed(42), "AFCBDE");
  assert.equal(mixed(-42), "EDAFBC");
  assert.equal(mixed(1), "BFEACD");
  assert.equal(mixed(1.1), "BFEACD");
  assert.equal(mixed(11111111), "ACDBFE");
  assert.equal(mixed(0), "CBEAFD");
});

test("text seeds by its digest, and empty text as zero", () => {
  assert.equal(mixed(""), mixed(0));
  assert.notEqual(mixed("Lò"), mixed("Vàng"));
  assert.equal(mixed("Lò"), mixed("Lò"));
});

test("every value stays, once", () => {
  assert.equal([...mixed(Number.POSITIVE_INFINITY)].sort().join(""), "ABCDEF");
});
