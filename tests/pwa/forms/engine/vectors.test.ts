import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Do, play, type Vector } from "./session.ts";

const folder = "tests/vectors/forms";

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const vector = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Vector;
  test(`${file}: ${vector.about}`, () => {
    const played = play(
      vector,
      vector.steps.flatMap((step): Do[] => (step.do ? [step.do] : [])),
    );
    vector.steps.forEach((step, at) => {
      assert.deepEqual(played.steps[at], step, `step ${at}: ${step.do?.join(" ") ?? "open"}`);
    });
    const { meta, ...answers } = played.answers;
    const { meta: _wanted, ...wanted } = vector.answers as { meta?: unknown };
    assert.ok(meta === undefined || typeof meta === "object");
    assert.deepEqual(answers, wanted);
  });
}
