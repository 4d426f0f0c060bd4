import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addRepeat,
  answer,
  finish,
  removeRepeat,
  validate,
  view,
  walk,
} from "../../../../pwa/forms/engine/index.ts";
import { $, opened } from "./sample.ts";

const value = (form: Parameters<typeof view>[0], ref: string): string => view(form, ref).value;

test("an answer recomputes what depends on it, step by step", () => {
  const form = opened({
    nodes: {
      "/data/a": { type: "int" },
      "/data/c": { calculate: ["+", $("/data/b"), 1] },
      "/data/b": { calculate: ["*", $("/data/a"), 2] },
      "/data/d": { calculate: "untouched" },
    },
  });
  const changed = answer(form, "/data/a", "4");
  assert.equal(value(form, "/data/c"), "9");
  assert.deepEqual([...changed].sort(), ["/data/a", "/data/b", "/data/c"]);
});

test("what is not relevant reads as blank and comes back when it is relevant again", () => {
  const form = opened({
    nodes: {
      "/data/has": { value: "yes" },
      "/data/g": { kind: "group", relevant: ["=", $("/data/has"), "yes"] },
      "/data/g/name": {},
      "/data/copy": { calculate: $("/data/g/name") },
    },
  });
  answer(form, "/data/g/name", "Giàng A Thử");
  assert.equal(value(form, "/data/copy"), "Giàng A Thử");
  answer(form, "/data/has", "no");
  assert.equal(view(form, "/data/g/name").relevant, false);
  assert.equal(value(form, "/data/copy"), "");
  assert.deepEqual(finish(form).answers, { has: "no" });
  answer(form, "/data/has", "yes");
  assert.equal(value(form, "/data/copy"), "Giàng A Thử");
});

test("readonly is inherited and a readonly question refuses an answer", () => {
  const form = opened({
    nodes: {
      "/data/lock": {},
      "/data/g": { kind: "group", readonly: ["=", $("/data/lock"), "1"] },
      "/data/g/a": {},
    },
  });
  assert.ok(answer(form, "/data/lock", "1").has("/data/g/a"));
  assert.equal(view(form, "/data/g/a").readonly, true);
  assert.throws(() => answer(form, "/data/g/a", "x"), RangeError);
});

test("inside a repeat an absolute path means this instance, outside it all of them", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat" },
      "/data/m/age": { type: "int" },
      "/data/m/next": { calculate: ["+", $("/data/m/age"), 1] },
      "/data/m/place": { calculate: ["position", $("/data/m", "/data/m")] },
      "/data/total": { calculate: ["sum", $("/data/m/age")] },
      "/data/count": { calculate: ["count", $("/data/m")] },
    },
  });
  assert.equal(addRepeat(form, "/data/m"), "/data/m[2]");
  assert.equal(addRepeat(form, "/data/m"), "/data/m[3]");
  answer(form, "/data/m[1]/age", "30");
  answer(form, "/data/m[2]/age", "5");
  const changed = answer(form, "/data/m[3]/age", "7");
  assert.equal(changed.has("/data/m[1]/next"), false);
  assert.equal(value(form, "/data/m[2]/next"), "6");
  assert.equal(value(form, "/data/total"), "42");
  removeRepeat(form, "/data/m[2]");
  assert.equal(value(form, "/data/total"), "37");
  assert.equal(value(form, "/data/count"), "2");
  assert.equal(value(form, "/data/m[2]/place"), "2");
  assert.equal(walk(form)[0]?.items.length, 2);
  assert.throws(() => removeRepeat(form, "/data/m[3]"), RangeError);
});

test("a repeat with a count follows the count", () => {
  const form = opened({
    nodes: {
      "/data/n": { type: "int", value: "1" },
      "/data/m": { kind: "repeat", count: $("/data/n"), fixed: true },
      "/data/m/a": {},
    },
  });
  answer(form, "/data/n", "3");
  assert.deepEqual(
    walk(form)[1]?.items.map(({ ref }) => ref),
    ["/data/m[1]", "/data/m[2]", "/data/m[3]"],
  );
  assert.throws(() => addRepeat(form, "/data/m"), RangeError);
  answer(form, "/data/n", "");
  assert.equal(walk(form)[1]?.items.length, 0);
});

test("a selection that is no longer offered reads as blank until it is offered again", () => {
  const form = opened({
    instances: {
      communes: {
        columns: ["name", "label", "province"],
        values: [
          ["1", "2", "3"],
          ["Xã Một", "Xã Hai", "Phường Ba"],
          ["10", "10", "20"],
        ],
      },
    },
    nodes: {
      "/data/province": {},
      "/data/commune": {
        type: "select1",
        as: "select1",
        required: ["true"],
        choices: {
          in: "communes",
          value: "name",
          label: "label",
          where: [["province", $("/data/province")]],
        },
      },
      "/data/told": { calculate: ["jr:choice-name", $("/data/commune"), $("/data/commune")] },
    },
  });
  answer(form, "/data/province", "10");
  assert.deepEqual(
    view(form, "/data/commune").choices?.map((c) => c.label),
    ["Xã Một", "Xã Hai"],
  );
  answer(form, "/data/commune", "2");
  assert.equal(value(form, "/data/told"), "Xã Hai");
  const changed = answer(form, "/data/province", "20");
  assert.ok(changed.has("/data/commune"));
  assert.equal(value(form, "/data/commune"), "");
  assert.deepEqual(
    validate(form).map(({ kind }) => kind),
    ["required"],
  );
  assert.deepEqual(finish(form).answers, { province: "20" });
  answer(form, "/data/province", "10");
  assert.equal(value(form, "/data/commune"), "2");
});

test("a set value follows the question it watches, not the other way round", () => {
  const form = opened({
    nodes: { "/data/source": {}, "/data/copy": {} },
    actions: [
      {
        on: ["xforms-value-changed"],
        of: "/data/source",
        set: "/data/copy",
        value: $("/data/source"),
      },
    ],
  });
  answer(form, "/data/source", "a");
  assert.equal(value(form, "/data/copy"), "a");
  answer(form, "/data/copy", "b");
  assert.equal(value(form, "/data/copy"), "b");
  assert.equal(value(form, "/data/source"), "a");
});

test("typed text is brought to NFC", () => {
  const form = opened({ nodes: { "/data/a": {} } });
  answer(form, "/data/a", "Giàng".normalize("NFD"));
  assert.equal(value(form, "/data/a"), "Giàng".normalize("NFC"));
});
