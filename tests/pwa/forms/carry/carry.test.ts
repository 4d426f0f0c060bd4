import assert from "node:assert/strict";
import { test } from "node:test";
import { type Carry, carry } from "../../../../pwa/forms/carry/carry.ts";
import type { Answers, Choices } from "../../../../pwa/forms/engine/index.ts";
import { $, define, type Sample } from "../engine/sample.ts";

const AROUND = { clock: () => new Date("2026-11-22T05:00:00Z"), zone: "Asia/Ho_Chi_Minh" };

const among = (...values: string[]): Choices => ({
  items: values.map((value) => ({ value, label: value.toUpperCase() })),
});

/** Carries values from one sample to the other. */
function carried(old: Sample["nodes"], fresh: Sample["nodes"], values: Answers): Carry {
  const version = (nodes: Sample["nodes"]) => ({ definition: define({ nodes }), resources: {} });
  return carry(version(old), version(fresh), { v: 1, values, language: "vi" }, AROUND);
}

const lostOf = ({ lost }: Carry): string[] =>
  lost.map(({ ref, value, why }) => `${ref} ${value} ${why}`);

test("answers stay where a question of the same path takes them", () => {
  const nodes = { "/data/name": { as: "input", type: "string" } } as const;
  const found = carried(nodes, nodes, { name: "Lò Thị Mẫu" });
  assert.deepEqual(found.draft.values, { name: "Lò Thị Mẫu" });
  assert.deepEqual(found.kept, [{ ref: "/data/name", value: "Lò Thị Mẫu" }]);
  assert.deepEqual([found.added, found.changed, found.lost], [[], [], []]);
});

test("a question that moved into a group takes its answer along", () => {
  const found = carried(
    { "/data/name": { as: "input" } },
    { "/data/who": { kind: "group" }, "/data/who/name": { as: "input" } },
    { name: "Vàng Văn Ví Dụ" },
  );
  assert.deepEqual(found.draft.values, { who: { name: "Vàng Văn Ví Dụ" } });
  assert.deepEqual(found.kept, [{ ref: "/data/who/name", value: "Vàng Văn Ví Dụ" }]);
  assert.deepEqual(found.added, []);
});

test("of two questions of one name none is taken for the other", () => {
  const found = carried(
    { "/data/name": { as: "input" } },
    {
      "/data/a": { kind: "group" },
      "/data/a/name": { as: "input" },
      "/data/b": { kind: "group" },
      "/data/b/name": { as: "input" },
    },
    { name: "Lò Thị Mẫu" },
  );
  assert.deepEqual(lostOf(found), ["/data/name Lò Thị Mẫu gone"]);
  assert.equal(found.added.length, 2);
});

test("an answer whose question is gone is told with its words", () => {
  const found = carried(
    { "/data/name": { as: "input" }, "/data/ward": { as: "input", label: "Xã cũ" } },
    { "/data/name": { as: "input" } },
    { name: "Lò Thị Mẫu", ward: "Xã Ví Dụ" },
  );
  assert.deepEqual(found.lost, [
    { ref: "/data/ward", label: "Xã cũ", value: "Xã Ví Dụ", why: "gone" },
  ]);
});

test("a choice withdrawn is lost, the other picks of the answer stay", () => {
  const ask = (...values: string[]) => ({
    "/data/papers": { as: "select", type: "select", choices: among(...values) } as const,
  });
  const found = carried(ask("cccd", "cmnd", "ho_chieu"), ask("cccd", "ho_chieu", "vneid"), {
    papers: "cccd cmnd",
  });
  assert.deepEqual(found.draft.values, { papers: "cccd" });
  assert.deepEqual(lostOf(found), ["/data/papers cmnd choice"]);
  assert.deepEqual(found.changed[0]?.offered, ["VNEID"]);
  assert.deepEqual(found.changed[0]?.withdrawn, ["CMND"]);
});

test("a choice that a filter no longer offers with these answers is lost", () => {
  const list = {
    instances: {
      xa: {
        columns: ["name", "label", "tinh"],
        values: [
          ["x1", "x2"],
          ["Xã Một", "Xã Hai"],
          ["t1", "t2"],
        ],
      },
    },
  };
  const ask = (where: boolean) => ({
    ...list,
    nodes: {
      "/data/tinh": { as: "input" },
      "/data/xa": {
        as: "select1",
        type: "select1",
        choices: {
          ...{ in: "xa", value: "name", label: "label" },
          ...(where && { where: [["tinh", $("/data/tinh")]] as const }),
        },
      },
    } as const,
  });
  const version = (where: boolean) => ({ definition: define(ask(where)), resources: {} });
  const values = { tinh: "t1", xa: "x2" };
  const found = carry(version(false), version(true), { v: 1, values }, AROUND);
  assert.deepEqual(lostOf(found), ["/data/xa x2 choice"]);
});

test("types that hold the same take the answer, others do not", () => {
  const ask = (type: "string" | "int" | "decimal" | "date") =>
    ({ "/data/a": { as: "input", type } }) as const;
  const outcome = (from: "string" | "int" | "decimal" | "date", to: typeof from, value: string) =>
    carried(ask(from), ask(to), { a: value }).lost.length === 0;
  assert.ok(outcome("int", "decimal", "3"));
  assert.ok(outcome("int", "string", "3"));
  assert.ok(outcome("date", "string", "2026-11-22"));
  assert.ok(outcome("string", "int", "12"));
  assert.ok(!outcome("string", "int", "mười hai"));
  assert.ok(!outcome("decimal", "int", "1.5"));
  assert.ok(!outcome("string", "date", "2026-11-22"));
});

test("what was chosen does not become a text, nor what was typed a choice", () => {
  const chosen = { "/data/a": { as: "select1", type: "select1", choices: among("x") } } as const;
  const typed = { "/data/a": { as: "input", type: "string" } } as const;
  assert.deepEqual(lostOf(carried(chosen, typed, { a: "x" })), ["/data/a x type"]);
  assert.deepEqual(lostOf(carried(typed, chosen, { a: "x" })), ["/data/a x type"]);
});

test("entries of a repeat keep their places, and those removed stay removed", () => {
  const old = { "/data/r": { kind: "repeat" }, "/data/r/a": { as: "input" } } as const;
  const fresh = { ...old, "/data/r/b": { as: "input" } } as const;
  const values: Answers = { r: [{ a: "một" }, {}, { a: "ba" }] };
  const found = carried(old, fresh, values);
  assert.deepEqual(found.draft.values, values);
  assert.deepEqual(
    found.kept.map(({ ref }) => ref),
    ["/data/r[1]/a", "/data/r[3]/a"],
  );
  assert.deepEqual(
    found.added.map(({ ref }) => ref),
    ["/data/r[1]/b"],
  );
  assert.deepEqual(carried(old, fresh, { r: [] }).draft.values, { r: [] });
});

test("an answer that the new version hides is told and comes back with its condition", () => {
  const found = carried(
    { "/data/a": { as: "input" }, "/data/b": { as: "input" } },
    { "/data/a": { as: "input" }, "/data/b": { as: "input", relevant: ["=", $("/data/a"), "x"] } },
    { a: "y", b: "còn" },
  );
  assert.deepEqual(lostOf(found), ["/data/b còn hidden"]);
  assert.deepEqual(found.draft.values, { a: "y", b: "còn" });
});

test("what the form works out by itself is no loss", () => {
  const found = carried(
    {
      "/data/a": { as: "input" },
      "/data/sum": { as: "input", calculate: ["concat", $("/data/a"), "!"] },
      "/data/_commune": { as: "note" },
    },
    { "/data/a": { as: "input" } },
    { a: "x", sum: "x!" },
  );
  assert.deepEqual(found.lost, []);
});

test("what was declared of the old version is declared again", () => {
  const nodes = { "/data/declare": { as: "trigger", required: ["true"] } } as const;
  const found = carried(nodes, nodes, { declare: "OK" });
  assert.deepEqual([found.draft.values, found.kept, found.lost], [{}, [], []]);
});

test("another wording, a new duty and a broken rule are told of the question", () => {
  const found = carried(
    { "/data/a": { as: "input", type: "int", label: "Tuổi" } },
    {
      "/data/a": {
        ...{ as: "input", type: "int", label: "Tuổi của bạn", required: ["true"] },
        constraint: ["<", ["."], 100],
      },
    },
    { a: "120" },
  );
  assert.deepEqual(found.changed, [
    {
      ...{ what: ["label", "required"], before: "Tuổi", ref: "/data/a", label: "Tuổi của bạn" },
      ...{ isAnswered: true, isWrong: true },
    },
  ]);
  assert.deepEqual(found.lost, []);
});
