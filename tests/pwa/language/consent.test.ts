import assert from "node:assert/strict";
import test from "node:test";
import { consentInEnglish } from "../../../pwa/language/en-consent.ts";
import { CONSENT_VERSION, consentInVietnamese } from "../../../pwa/language/vi-consent.ts";
import { digestOf, utf8 } from "../../../pwa/store/bytes.ts";

test("the words agreed to are those of their version: other words, another version", async () => {
  const { facts, ...rest } = consentInVietnamese;
  const said = JSON.stringify([rest, facts("Thủ tục", 30)]);
  assert.deepEqual(
    [CONSENT_VERSION, (await digestOf(utf8(said))).slice(0, 16)],
    ["2026-11-22", "7136a4a696ec49a7"],
  );
});

test("both languages say the same number of things, and none is left empty", () => {
  const both = [consentInVietnamese, consentInEnglish].map(({ facts }) => facts("x", 30));
  assert.equal(both[0]?.length, both[1]?.length);
  for (const [title, text] of both.flat()) assert.ok(title && text);
});
