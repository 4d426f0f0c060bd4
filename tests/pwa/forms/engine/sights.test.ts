import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addRepeat,
  answer,
  open,
  removeRepeat,
  save,
  type Visible,
  walk,
} from "../../../../pwa/forms/engine/index.ts";
import { $, define, opened, type Sample } from "./sample.ts";

const GROUPS = 25;
const QUESTIONS = 20;

/** Groups of questions, of which each third is shown when the one before is answered. */
function large(): Sample {
  const nodes: { [path: string]: object } = {};
  for (let group = 0; group < GROUPS; group++) {
    nodes[`/data/g${group}`] = { kind: "group" };
    for (let at = 0; at < QUESTIONS; at++) {
      const before = $(`/data/g${group}/q${at - 1}`);
      nodes[`/data/g${group}/q${at}`] = at % 3 === 2 ? { relevant: ["!=", before, ""] } : {};
    }
  }
  return { nodes };
}

const all = (items: readonly Visible[]): Visible[] =>
  items.flatMap((one) => [one, ...all(one.items)]);

/** How many elements were looked at anew since. */
const fresh = (before: readonly Visible[], after: readonly Visible[]): number => {
  const known = new Set(all(before));
  return all(after).filter((one) => !known.has(one)).length;
};

test("an answer that shows one more question looks anew at its group alone", () => {
  const form = opened(large());
  const before = walk(form);
  answer(form, "/data/g7/q1", "x");
  const after = walk(form);
  assert.equal(all(after).length, all(before).length + 1);
  assert.equal(fresh(before, after), 2, "the group and the new question");
  answer(form, "/data/g7/q1", "y");
  assert.equal(fresh(after, walk(form)), 0);
});

test("an entry that is added leaves the others as they were seen", () => {
  const form = opened({
    nodes: { "/data/m": { kind: "repeat" }, "/data/m/a": {}, "/data/m/b": {}, "/data/c": {} },
  });
  addRepeat(form, "/data/m");
  const before = walk(form);
  addRepeat(form, "/data/m");
  assert.equal(fresh(before, walk(form)), 4, "the repeat, the entry and its two questions");
});

test("entries that move up are seen under their new references", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", initial: [{}, {}, {}] },
      "/data/m/g": { kind: "group" },
      "/data/m/g/a": {},
    },
  });
  walk(form);
  removeRepeat(form, "/data/m[1]");
  const refs = all(walk(form)).map(({ ref }) => ref);
  assert.deepEqual(refs, [
    "/data/m",
    ...["/data/m[1]", "/data/m[1]/g", "/data/m[1]/g/a"],
    ...["/data/m[2]", "/data/m[2]/g", "/data/m[2]/g/a"],
  ]);
});

test("a group that shows a question from elsewhere sees it come and go", () => {
  const definition = define({
    nodes: {
      "/data/go": {},
      "/data/g": { kind: "group" },
      "/data/g/a": {},
      "/data/far": { relevant: ["=", $("/data/go"), "1"] },
    },
  });
  const [go, group, far] = definition.body;
  const items = [...(group?.items ?? []), far];
  const body = [go, { ...group, items }] as typeof definition.body;
  const form = open({ ...definition, body }, { clock: () => new Date(0) });
  const shown = (): string[] => all(walk(form)).map(({ ref }) => ref);
  assert.deepEqual(shown(), ["/data/go", "/data/g", "/data/g/a"]);
  answer(form, "/data/go", "1");
  assert.deepEqual(shown(), ["/data/go", "/data/g", "/data/g/a", "/data/far"]);
});

test("whatever happens, what is seen is what a form opened anew on the same answers shows", () => {
  const sample: Sample = {
    nodes: {
      "/data/on": { value: "1" },
      "/data/lock": {},
      "/data/g": { kind: "group", relevant: ["=", $("/data/on"), "1"] },
      "/data/g/m": { kind: "repeat", readonly: ["=", $("/data/lock"), "1"] },
      "/data/g/m/a": { required: ["=", $("/data/on"), "1"] },
      "/data/g/m/h": { kind: "group", relevant: ["=", $("/data/g/m/a"), "h"] },
      "/data/g/m/h/b": { readonly: ["=", $("/data/lock"), "2"] },
      "/data/g/z": { required: ["=", $("/data/lock"), "1"] },
    },
  };
  const form = opened(sample);
  let seed = 7;
  const draw = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const told = ({ ref, as, required, readonly, canAdd, canRemove }: Visible): unknown[] => [
    ...[ref, as, required, readonly, canAdd, canRemove],
  ];
  for (let step = 0; step < 300; step++) {
    const count = form.root.slots[2]?.[0]?.slots[0]?.length ?? 0;
    const one = `/data/g/m[${1 + draw(count || 1)}]`;
    try {
      const what = draw(8);
      if (what < 2) addRepeat(form, "/data/g/m");
      else if (what === 2) removeRepeat(form, one);
      else if (what === 3) answer(form, "/data/on", String(draw(2)));
      else if (what === 4) answer(form, "/data/lock", String(draw(3)));
      else answer(form, `${one}/a`, draw(2) ? "h" : "x");
    } catch (error) {
      // What is read only, or not there, is refused: nothing has happened.
      assert.ok(error instanceof RangeError);
    }
    const again = open(define(sample), { draft: save(form), clock: () => new Date(0) });
    assert.deepEqual(all(walk(form)).map(told), all(walk(again)).map(told), `step ${step}`);
  }
});
