import assert from "node:assert/strict";
import { test } from "node:test";
import { vietnamese } from "../../../../pwa/language/vi.ts";
import { faultsOf, type Start } from "../../../../pwa/shell/screens/begin.tsx";

const mine: Start = {
  isHelping: false,
  name: "Lò Thị Mẫu",
  phone: "",
  helper: "",
  relation: "",
  hasAuthority: false,
  commune: "02683",
};
const faults = (change: Partial<Start>): string[] =>
  Object.keys(faultsOf({ ...mine, ...change }, vietnamese));

test("somebody filing for themselves needs a name and a place", () => {
  assert.deepEqual(faults({}), []);
  assert.deepEqual(faults({ name: "  ", commune: "" }), ["name", "commune"]);
});

test("a helper is named, says the relation, and has the applicant's agreement", () => {
  assert.deepEqual(faults({ isHelping: true }), ["helper", "relation", "hasAuthority"]);
  assert.deepEqual(
    faults({
      isHelping: true,
      helper: "Giàng A Thử",
      relation: "Cán bộ thôn, bản",
      hasAuthority: true,
    }),
    [],
  );
});

test("a telephone number may be left out but not be wrong", () => {
  assert.deepEqual(faults({ phone: "0912 345 678" }), []);
  assert.deepEqual(faults({ phone: "+84912345678" }), []);
  assert.deepEqual(faults({ phone: "12345" }), ["phone"]);
});
