import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Answers,
  addRepeat,
  answer,
  type Draft,
  type Expr,
  finish,
  open,
  removeRepeat,
  save,
  view,
} from "../../../../pwa/forms/engine/index.ts";
import { $, define, opened, type Sample } from "./sample.ts";

const value = (form: Parameters<typeof view>[0], ref: string): string => view(form, ref).value;
const clock = (): Date => new Date("2026-11-22T05:00:00Z");

test("a new form starts with its values, brought to their type", () => {
  const form = opened({
    nodes: { "/data/a": { value: "x" }, "/data/n": { type: "int", value: "2.7" } },
  });
  assert.deepEqual([value(form, "/data/a"), value(form, "/data/n")], ["x", "2"]);
});

test("presets answer root questions and preloaded properties", () => {
  const form = opened(
    { nodes: { "/data/_commune": {}, "/data/phone": { preload: ["property", "phonenumber"] } } },
    { presets: { _commune: "02683", phonenumber: "0912345678", nothing: "x" } },
  );
  assert.equal(value(form, "/data/_commune"), "02683");
  assert.equal(value(form, "/data/phone"), "0912345678");
});

test("preloads take the clock and the zone that they are given", () => {
  const form = opened({
    nodes: {
      "/data/day": { type: "date", preload: ["date", "today"] },
      "/data/start": { type: "dateTime", preload: ["timestamp", "start"] },
      "/data/end": { type: "dateTime", preload: ["timestamp", "end"] },
      "/data/id": { preload: ["uid", ""] },
    },
  });
  assert.equal(value(form, "/data/day"), "2026-11-22");
  assert.equal(value(form, "/data/start"), "2026-11-22T12:00:00.000+07:00");
  assert.equal(value(form, "/data/end"), "");
  assert.equal(value(form, "/data/id"), "uuid:88888888-8888-4888-a888-888888888888");
  assert.equal(finish(form).answers.end, "2026-11-22T12:00:00.000+07:00");
});

const withActions: Sample = {
  nodes: {
    "/data/first": {},
    "/data/each": {},
    "/data/m": { kind: "repeat" },
    "/data/m/day": {},
    "/data/m/place": {},
  },
  actions: [
    { on: ["odk-instance-first-load"], set: "/data/first", value: ["now"] },
    { on: ["odk-instance-load"], set: "/data/each", value: ["today"] },
    {
      on: ["odk-instance-first-load", "odk-new-repeat"],
      set: "/data/m/day",
      value: ["today"],
      in: "/data/m",
    },
    {
      on: ["odk-new-repeat"],
      set: "/data/m/place",
      value: ["position", $("/data/m", "/data/m")],
      in: "/data/m",
    },
  ],
};

test("actions of the first load run once, those of a new instance at each", () => {
  const form = opened(withActions);
  assert.equal(value(form, "/data/m[1]/day"), "2026-11-22");
  assert.equal(value(form, "/data/m[1]/place"), "");
  addRepeat(form, "/data/m");
  assert.equal(value(form, "/data/m[2]/place"), "2");
  const later = opened(withActions, {
    draft: save(form),
    clock: () => new Date("2027-01-01T00:00:00Z"),
  });
  assert.equal(value(later, "/data/first"), "2026-11-22T12:00:00.000+07:00");
  assert.equal(value(later, "/data/each"), "2027-01-01");
  assert.equal(value(later, "/data/m[2]/day"), "2026-11-22");
});

const household: Sample = {
  languages: ["vi", "en"],
  nodes: {
    "/data/has": { value: "yes" },
    "/data/name": { relevant: ["=", $("/data/has"), "yes"], value: "start" },
    "/data/m": { kind: "repeat", initial: [] },
    "/data/m/age": { type: "int" },
    "/data/m/s": { kind: "repeat" },
    "/data/m/s/x": {},
    "/data/id": { calculate: ["concat", "uuid:", ["uuid"]] },
    "/data/total": { as: "note", calculate: ["sum", $("/data/m/age")] },
  },
};

test("a draft goes on where it was left, hidden answers and cleared start values included", () => {
  const form = opened(household, { language: "en" });
  answer(form, "/data/name", "");
  addRepeat(form, "/data/m");
  addRepeat(form, "/data/m[1]/s");
  answer(form, "/data/m[1]/age", "7");
  answer(form, "/data/m[1]/s[2]/x", "inner");
  answer(form, "/data/name", "Vàng Văn Ví Dụ");
  answer(form, "/data/has", "no");
  const draft = JSON.parse(JSON.stringify(save(form))) as Draft;
  const again = opened(household, { draft, random: () => 0.1 });
  assert.deepEqual(finish(again).answers, finish(form).answers);
  assert.equal(again.language, "en");
  answer(again, "/data/has", "yes");
  assert.equal(value(again, "/data/name"), "Vàng Văn Ví Dụ");
  answer(again, "/data/name", "");
  assert.equal(value(opened(household, { draft: save(again) }), "/data/name"), "");
});

test("a drawn identifier stays the same when the draft is opened again", () => {
  const form = opened(household);
  const again = opened(household, { draft: save(form), random: () => 0.9 });
  assert.equal(value(again, "/data/id"), value(form, "/data/id"));
});

test("what finished answers leave out is empty, and what they compute is computed again", () => {
  const answers = { has: "no", m: [{ age: "3" }, { age: "4" }], total: "99" };
  const form = opened(household, { answers });
  assert.equal(value(form, "/data/total"), "7");
  answer(form, "/data/has", "yes");
  assert.equal(value(form, "/data/name"), "");
  assert.deepEqual(finish(form).answers.m, [{ age: "3" }, { age: "4" }]);
});

test("what was typed over a calculation stays in a draft until what it reads changes", () => {
  const sample = (readonly?: Expr) => ({
    nodes: {
      "/data/age": { value: "3" },
      "/data/g": { kind: "group" as const, ...(readonly ? { readonly } : {}) },
      "/data/g/double": { calculate: ["*", $("/data/age"), 2] as const },
    },
  });
  const form = opened(sample());
  answer(form, "/data/g/double", "7");
  const again = opened(sample(), { draft: save(form) });
  assert.equal(value(again, "/data/g/double"), "7");
  answer(again, "/data/age", "4");
  assert.equal(value(again, "/data/g/double"), "8");
  const locked = opened(sample(["true"]), { draft: save(form) });
  assert.equal(value(locked, "/data/g/double"), "6", "where nobody can type it is computed again");
});

test("a repeat starts with as many instances as the form gives it", () => {
  const initial: readonly Answers[] = [{ a: "1" }, {}, { a: "3" }];
  const form = opened({
    nodes: { "/data/m": { kind: "repeat", initial }, "/data/m/a": { value: "0" } },
  });
  assert.deepEqual(
    [1, 2, 3].map((at) => value(form, `/data/m[${at}]/a`)),
    ["1", "0", "3"],
  );
});

test("a count is followed at opening", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", count: 2 },
      "/data/m/a": {},
      "/data/n": { calculate: ["count", $("/data/m")] },
    },
  });
  assert.equal(value(form, "/data/n"), "2");
});

test("now stands still within a pass and moves with the next", () => {
  let ms = Date.UTC(2026, 10, 22);
  const tick = (): Date => {
    ms += 1000;
    return new Date(ms);
  };
  const form = open(
    define({
      nodes: {
        "/data/a": {},
        "/data/t": { calculate: ["concat", $("/data/a"), ["now"], " ", ["now"]] },
      },
    }),
    { zone: "+00:00", clock: tick },
  );
  const before = value(form, "/data/t");
  assert.equal(before.split(" ")[0], before.split(" ")[1]);
  answer(form, "/data/a", "x");
  assert.notEqual(value(form, "/data/t"), before);
});

test("removing the first instance moves the others up in references", () => {
  const form = opened({
    nodes: { "/data/m": { kind: "repeat", initial: [{ a: "1" }, { a: "2" }] }, "/data/m/a": {} },
  });
  removeRepeat(form, "/data/m[1]");
  assert.equal(value(form, "/data/m[1]/a"), "2");
  assert.throws(() => view(form, "/data/m[2]/a"), RangeError);
});

test("opening needs nothing but definition and clock", () => {
  const form = open(define({ nodes: { "/data/a": { value: "x" } } }), { clock });
  assert.deepEqual(finish(form).answers, { a: "x" });
});
