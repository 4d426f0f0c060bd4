import assert from "node:assert/strict";
import { test } from "node:test";
import { open, view } from "../../../pwa/forms/engine/index.ts";
import { remembering } from "../../../pwa/shell/last-saved.ts";
import { define } from "../forms/engine/sample.ts";

const definition = define({
  nodes: {
    "/data/village": {},
    "/data/first": {},
    "/data/m": { kind: "repeat" },
    "/data/m/name": {},
  },
  instances: { saved: { tree: ["data", null, [["village", null, ""]]], lastSaved: true } },
  actions: [
    {
      on: ["odk-instance-first-load"],
      set: "/data/village",
      value: ["path", ["instance", "saved"], ["child", "data"], ["child", "village"]],
    },
    {
      on: ["odk-instance-first-load"],
      set: "/data/first",
      value: [
        "path",
        ["instance", "saved"],
        ["child", "data"],
        ["child", "m", 2],
        ["child", "name"],
      ],
    },
  ],
});
const clock = (): Date => new Date("2026-11-22T05:00:00Z");
const values = (form: ReturnType<typeof open>): string[] =>
  ["/data/village", "/data/first"].map((ref) => view(form, ref).value);

test("a new draft takes its defaults from the last dossier, entries of repeats too", () => {
  const answers = { village: "Bản Mẫu", m: [{ name: "Lò Thị Mẫu" }, { name: "Vàng Văn Ví Dụ" }] };
  const form = open(remembering(definition, answers), { clock });
  assert.deepEqual(values(form), ["Bản Mẫu", "Vàng Văn Ví Dụ"]);
});

test("without a last dossier its defaults are empty", () => {
  assert.deepEqual(values(open(definition, { clock })), ["", ""]);
});
