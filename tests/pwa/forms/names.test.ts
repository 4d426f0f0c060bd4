/** Questions called what every object has: nothing of them is lost, nothing is made up. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { carry } from "../../../pwa/forms/carry/carry.ts";
import { type Answers, finish, open, save } from "../../../pwa/forms/engine/index.ts";
import { keptAnswer, withAnswer } from "../../../pwa/forms/renderer/reopened.ts";
import { without } from "../../../pwa/sync/deciding.ts";
import { reopened } from "../../../pwa/sync/payload.ts";
import type { Vector } from "./engine/session.ts";

const vector = JSON.parse(readFileSync("tests/vectors/forms/names.json", "utf8")) as Vector;
const { definition } = vector;
const answers = vector.answers as Answers;
const around = { clock: () => new Date(vector.now), zone: "Asia/Ho_Chi_Minh" };

/** Answers as they are kept and sent: texts of JSON, so that a prototype shows. */
const written = (value: unknown): string => JSON.stringify(value);

test("a draft comes back from the store as it was", () => {
  const form = open(definition, { ...around, answers });
  const draft = JSON.parse(written(save(form))) as ReturnType<typeof save>;
  const again = open(definition, { ...around, draft });
  assert.equal(written(finish(again).answers), written(finish(form).answers));
  assert.equal(keptAnswer(again, "/data/__proto__"), "Thử");
  assert.equal(keptAnswer(again, "/data/hasOwnProperty[2]/__proto__"), "Dụ");
});

test("what nobody answered or filled in beforehand is empty", () => {
  const form = open(definition, { ...around, presets: {} });
  assert.equal(keptAnswer(form, "/data/__proto__"), "");
  assert.equal(keptAnswer(form, "/data/constructor/name"), "");
  const filled = open(definition, { ...around, presets: JSON.parse('{"__proto__":"x"}') });
  assert.equal(keptAnswer(filled, "/data/__proto__"), "x");
});

test("a supplement and a decision tell of them, and of them alone", () => {
  const items = [{ path: "/data/__proto__" }, { path: "/data/constructor/name" }];
  assert.equal(
    written(reopened(answers, items)),
    '{"__proto__":"Thử","constructor":{"name":"Giàng A Thử"}}',
  );
  const left = without(answers, ["/data/constructor/toString", "/data/hasOwnProperty[1]/length"]);
  assert.equal(written(left).includes('"__proto__":"Thử"'), true);
  assert.equal(written(left).includes('"toString"'), false);
  const put = withAnswer({}, "/data/constructor/toString", "Mẫu");
  assert.equal(
    written(withAnswer(put, "/data/hasOwnProperty[2]/__proto__", "Dụ")),
    '{"constructor":{"toString":"Mẫu"},"hasOwnProperty":[{},{"__proto__":"Dụ"}]}',
  );
});

test("a newer version of the form keeps them, and makes none up", () => {
  const version = { definition, resources: {} };
  const values = JSON.parse('{"__proto__":"Thử","hasOwnProperty":[{"length":"7"}]}') as Answers;
  const found = carry(version, version, { v: 1, values }, around);
  assert.deepEqual(
    found.kept.map(({ ref, value }) => `${ref} ${value}`),
    ["/data/__proto__ Thử", "/data/hasOwnProperty[1]/length 7"],
  );
  const form = open(definition, { ...around, draft: found.draft });
  assert.equal(keptAnswer(form, "/data/__proto__"), "Thử");
});
