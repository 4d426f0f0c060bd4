import assert from "node:assert/strict";
import { test } from "node:test";
import type { Form } from "../../../../pwa/forms/engine/index.ts";
import { addRepeat, save } from "../../../../pwa/forms/engine/index.ts";
import { type EntryAhead, entryAhead } from "../../../../pwa/forms/renderer/ahead.ts";
import type { Asker } from "../../../../pwa/forms/renderer/ask.tsx";
import { pageOfRef, pagesOf } from "../../../../pwa/forms/renderer/page.ts";
import { questionOf, shownItems } from "../../../../pwa/forms/renderer/session.ts";
import { opened, type Sample } from "../engine/sample.ts";

const NAME = { as: "input", type: "string", label: "Họ tên" } as const;

function people(more: Sample["nodes"] = {}, actions: Sample["actions"] = []): Form {
  const repeat = { as: "repeat", kind: "repeat", initial: [], label: "Người" } as const;
  return opened({ nodes: { "/data/m": repeat, "/data/m/name": NAME, ...more }, actions });
}

function ahead(form: Form): EntryAhead {
  const real = { faultOf: () => null } as unknown as Asker;
  const found = entryAhead(form, "/data/m", real);
  assert.ok(found);
  return found;
}

test("the page of the next entry and its questions are those that adding it gives", () => {
  const form = people();
  addRepeat(form, "/data/m");
  const { ref, page, form: asker } = ahead(form);
  assert.equal(ref, "/data/m[2]");
  const told = page.items.map((item) => asker.question(item));
  addRepeat(form, "/data/m");
  const real = pageOfRef(pagesOf(shownItems(form)), ref);
  assert.equal(page.key, real?.key);
  assert.deepEqual(
    told,
    real?.items.map((item) => questionOf(form, item)),
  );
});

test("looking ahead adds nothing; what is taken is added", () => {
  const form = people();
  const before = JSON.stringify(save(form));
  const { take } = ahead(form);
  assert.equal(JSON.stringify(save(form)), before);
  take?.();
  assert.deepEqual(save(form).values, { m: [{ name: "" }] });
});

test("an entry that depends on the clock is worked out when it is added", () => {
  assert.equal(ahead(people({ "/data/m/on": { calculate: ["now"] } })).take, undefined);
});

test("what an action does is done when the entry is added", () => {
  const set = { on: ["odk-new-repeat"], in: "/data/m", set: "/data/m/name", value: "Lò" } as const;
  assert.equal(ahead(people({}, [set])).take, undefined);
});
