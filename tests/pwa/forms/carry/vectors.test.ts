import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { carry } from "../../../../pwa/forms/carry/carry.ts";
import type { Answers, Definition } from "../../../../pwa/forms/engine/index.ts";

interface Case {
  name: string;
  old: Definition;
  new: Definition;
  answers: Answers;
  kept: { [ref: string]: string };
  lost: string[];
}

const cases = JSON.parse(readFileSync("tests/vectors/carry.json", "utf8")) as Case[];

for (const { name, old, new: fresh, answers, kept, lost } of cases) {
  test(`carrying: ${name}`, () => {
    const around = { clock: () => new Date("2026-11-22T05:00:00Z"), zone: "Asia/Ho_Chi_Minh" };
    const version = (definition: Definition) => ({ definition, resources: {} });
    const found = carry(version(old), version(fresh), { v: 1, values: answers }, around);
    assert.deepEqual(Object.fromEntries(found.kept.map((one) => [one.ref, one.value])), kept);
    assert.deepEqual(
      found.lost.map(({ ref, value, why }) => `${ref} ${value} ${why}`),
      lost,
    );
  });
}
