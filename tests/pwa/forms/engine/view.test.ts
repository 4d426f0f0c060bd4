import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addRepeat,
  answer,
  open,
  removeRepeat,
  type Visible,
  view,
  walk,
} from "../../../../pwa/forms/engine/index.ts";
import { $, define, opened } from "./sample.ts";

const sample = {
  nodes: {
    "/data/has": {},
    "/data/g": { kind: "group" as const, relevant: ["=", $("/data/has"), "1"] as const },
    "/data/g/name": {},
    "/data/m": { kind: "repeat" as const },
    "/data/m/a": {},
    "/data/m/g": { kind: "group" as const, relevant: ["=", $("/data/m/a"), "more"] as never },
    "/data/m/g/b": {},
  },
};

const refs = (items: readonly Visible[]): string[] =>
  items.flatMap((one) => [`${one.as} ${one.ref}`, ...refs(one.items)]);

test("a walk shows what is relevant in body order, instance by instance", () => {
  const form = opened(sample);
  addRepeat(form, "/data/m");
  answer(form, "/data/m[2]/a", "more");
  assert.deepEqual(refs(walk(form)), [
    "input /data/has",
    "repeat /data/m",
    "instance /data/m[1]",
    "input /data/m[1]/a",
    "instance /data/m[2]",
    "input /data/m[2]/a",
    "group /data/m[2]/g",
    "input /data/m[2]/g/b",
  ]);
  answer(form, "/data/has", "1");
  assert.deepEqual(refs(walk(form)).slice(1, 3), ["group /data/g", "input /data/g/name"]);
});

test("a repeat says whether instances may come and go", () => {
  const [repeat] = walk(opened({ nodes: { "/data/m": { kind: "repeat" }, "/data/m/a": {} } }));
  assert.equal(repeat?.canAdd, true);
  assert.equal(repeat?.items[0]?.canRemove, true);
  const [fixed] = walk(
    opened({ nodes: { "/data/m": { kind: "repeat", fixed: true }, "/data/m/a": {} } }),
  );
  assert.equal(fixed?.canAdd, false);
  assert.equal(fixed?.items[0]?.canRemove, false);
});

test("elements without a node are seen through what walk gave", () => {
  const definition = define({ nodes: { "/data/a": { value: "x" } } });
  const body = [
    { as: "group" as const, label: ["Nhóm ", { x: ["$", 1] as const }], items: definition.body },
  ];
  const form = open({ ...definition, body }, { clock: () => new Date(0) });
  const [group] = walk(form);
  assert.equal(view(form, group as Visible).label, "Nhóm x");
  assert.equal(group?.items[0]?.ref, "/data/a");
});

test("a repeat is seen as itself, not as what holds it", () => {
  const form = opened(sample);
  const repeat = walk(form).find(({ as }) => as === "repeat") as Visible;
  const seen = view(form, repeat);
  assert.equal(seen.node.name, "m");
  assert.equal(seen.label, "m");
  assert.equal(seen.value, "");
});

test("a reference that leads nowhere is the caller's fault", () => {
  assert.throws(() => view(opened(sample), "/data/none"), RangeError);
  assert.throws(() => view(opened(sample), "/other/has"), RangeError);
});

test("the shape tells when a walk may give something else, and rests while only values change", () => {
  const form = opened({
    nodes: {
      ...sample.nodes,
      "/data/r": { required: ["=", $("/data/has"), "2"] as const },
      "/data/o": { readonly: ["=", $("/data/has"), "3"] as const },
    },
  });
  const changes = (change: () => unknown): boolean => {
    const before = form.shape;
    change();
    return form.shape !== before;
  };
  assert.equal(
    changes(() => answer(form, "/data/m[1]/a", "x")),
    false,
  );
  assert.equal(
    changes(() => answer(form, "/data/has", "1")),
    true,
  );
  assert.equal(
    changes(() => answer(form, "/data/has", "2")),
    true,
  );
  assert.equal(
    changes(() => answer(form, "/data/has", "3")),
    true,
  );
  assert.equal(
    changes(() => addRepeat(form, "/data/m")),
    true,
  );
  assert.equal(
    changes(() => removeRepeat(form, "/data/m[2]")),
    true,
  );
});

test("a walk says what must be answered and what may not be", () => {
  const form = opened({
    nodes: { "/data/a": { required: ["true"] }, "/data/b": { readonly: ["true"] } },
  });
  const told = walk(form).map(({ required, readonly }) => ({ required, readonly }));
  assert.deepEqual(told, [
    { required: true, readonly: false },
    { required: false, readonly: true },
  ]);
});
