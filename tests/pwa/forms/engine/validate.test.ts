import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, type Form, finish, validate, view } from "../../../../pwa/forms/engine/index.ts";
import { $, opened } from "./sample.ts";

const kinds = (form: Form, ref?: string): string[] =>
  validate(form, ref).map((fault) => `${fault.ref} ${fault.kind}`);

const sample = {
  languages: ["vi", "en"],
  nodes: {
    "/data/age": {
      type: "int" as const,
      required: ["true"] as const,
      constraint: ["and", [">=", ["."], 0], ["<", ["."], $("/data/most")]] as never,
      requiredMessage: { vi: "Xin ghi tuổi.", en: "Write the age." },
      constraintMessage: { vi: ["Tuổi phải dưới ", { x: $("/data/most") }, "."] as never },
    },
    "/data/most": { type: "int" as const, value: "120" },
    "/data/g": { kind: "group" as const, relevant: ["=", $("/data/age"), 5] as never },
    "/data/g/school": { required: ["true"] as const },
  },
};

test("an empty required question is a fault with the form's sentence", () => {
  const form = opened(sample);
  assert.deepEqual(validate(form), [
    { ref: "/data/age", kind: "required", message: "Xin ghi tuổi." },
  ]);
});

test("a constraint judges the answer and its sentence may hold outputs", () => {
  const form = opened(sample);
  answer(form, "/data/age", "130");
  assert.deepEqual(validate(form), [
    { ref: "/data/age", kind: "constraint", message: "Tuổi phải dưới 120." },
  ]);
  answer(form, "/data/most", "150");
  assert.deepEqual(validate(form), []);
});

test("an empty answer breaks no constraint", () => {
  const form = opened({ nodes: { "/data/a": { constraint: ["false"] } } });
  assert.deepEqual(validate(form), []);
});

test("only what is relevant is judged", () => {
  const form = opened(sample);
  answer(form, "/data/age", "5");
  assert.deepEqual(kinds(form), ["/data/g/school required"]);
  assert.deepEqual(kinds(form, "/data/age"), []);
  assert.deepEqual(kinds(form, "/data/g"), ["/data/g/school required"]);
  answer(form, "/data/age", "6");
  assert.deepEqual(kinds(form), []);
});

test("answers that came from elsewhere are judged by type too", () => {
  const form = opened(sample, { answers: { age: "nhiều" } });
  assert.deepEqual(kinds(form), ["/data/age type"]);
});

test("a view carries the fault of its question", () => {
  const form = opened(sample);
  assert.equal(view(form, "/data/age").fault?.kind, "required");
  answer(form, "/data/age", "6");
  assert.equal(view(form, "/data/age").fault, undefined);
});

test("a condition that fails to compute holds nobody up", () => {
  const form = opened({ nodes: { "/data/a": { value: "x", constraint: ["regex", ["."], "("] } } });
  assert.deepEqual(validate(form), []);
});

test("what is sent leaves out what is empty or not relevant, groups and instances included", () => {
  const form = opened({
    nodes: {
      "/data/a": { value: "1" },
      "/data/empty": {},
      "/data/g": { kind: "group" },
      "/data/g/none": {},
      "/data/m": {
        kind: "repeat",
        relevant: ["!=", ["position", $("/data/m", "/data/m")], 2],
        initial: [{ x: "show" }, { x: "hide" }, {}],
      },
      "/data/m/x": {},
      "/data/none": { kind: "repeat", initial: [] },
    },
  });
  assert.deepEqual(finish(form).answers, { a: "1", m: [{ x: "show" }, {}] });
});

test("a number beyond either end of its range is a fault, whichever end comes first", () => {
  for (const [start, end] of [
    [1, 5],
    [5, 1],
  ] as const) {
    const params = { start, end, step: 0.5 };
    const form = opened({ nodes: { "/data/x": { type: "decimal", as: "range", params } } });
    const told = ["1", "5", "0.5", "5.1"].map((value) => {
      answer(form, "/data/x", value);
      return kinds(form);
    });
    assert.deepEqual(told, [[], [], ["/data/x constraint"], ["/data/x constraint"]]);
  }
});
