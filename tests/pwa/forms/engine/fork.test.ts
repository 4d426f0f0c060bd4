import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { become, fork } from "../../../../pwa/forms/engine/fork.ts";
import { addRepeat, answer, save, textOf, walk } from "../../../../pwa/forms/engine/index.ts";
import { $, opened } from "./sample.ts";
import { type Do, perform, play, stateOf, type Vector } from "./session.ts";

const folder = "tests/vectors/forms";

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const vector = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Vector;
  test(`${file}: a form that becomes its changed copy is as if it had been changed itself`, () => {
    const steps = vector.steps.flatMap((step): Do[] => (step.do ? [step.do] : []));
    const played = play(vector, steps, (form, step) => {
      // The language is no part of what a copy may change.
      if (step[0] === "language") {
        perform(form, step);
        return;
      }
      const before = stateOf(form);
      const copy = fork(form);
      perform(copy, step);
      assert.deepEqual(stateOf(form), before, `${step.join(" ")} reached the form`);
      become(form, copy);
    });
    vector.steps.forEach((step, at) => {
      assert.deepEqual(played.steps[at], step, `step ${at}: ${step.do?.join(" ") ?? "open"}`);
    });
  });
}

const PEOPLE = {
  nodes: {
    "/data/m": { kind: "repeat", initial: [] },
    "/data/m/age": { type: "int" },
    "/data/m/work": { relevant: [">=", $("/data/m/age"), 15] },
    "/data/many": { calculate: ["count", $("/data/m")], label: "Số người" },
  },
} as const;

test("answers given to a copy stay there", () => {
  const form = opened(PEOPLE);
  const before = JSON.stringify(save(form));
  const seen = walk(form);
  const copy = fork(form);
  answer(copy, `${addRepeat(copy, "/data/m")}/age`, "20");
  assert.equal(JSON.stringify(save(form)), before);
  assert.equal(walk(form).length, seen.length);
  assert.notEqual(JSON.stringify(save(copy)), before);
});

test("what is answered after a form became its copy is computed on", () => {
  const form = opened(PEOPLE);
  const copy = fork(form);
  const ref = addRepeat(copy, "/data/m");
  become(form, copy);
  answer(form, `${ref}/age`, "20");
  answer(form, `${ref}/work`, "đi rẫy");
  assert.deepEqual(save(form).values, {
    many: "1",
    m: [{ age: "20", work: "đi rẫy" }],
  });
  assert.equal(textOf(form, "Số người"), "Số người");
});

test("a copy tells whether its change asked for the time", () => {
  const timed = fork(
    opened({ nodes: { "/data/m": { kind: "repeat" }, "/data/m/on": { calculate: ["now"] } } }),
  );
  addRepeat(timed, "/data/m");
  assert.equal(timed.hasReadClock, true);
  const untimed = fork(opened(PEOPLE));
  addRepeat(untimed, "/data/m");
  assert.equal(untimed.hasReadClock, false);
});
