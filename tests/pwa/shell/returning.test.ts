import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { backTo, leaveFor } from "../../../pwa/shell/returning.ts";

const ADDRESS = "/drafts/4c1f?q=%2Fdata%2Fanh";
const kept = new Map<string, string>();
let focused: (() => void) | undefined;

beforeEach(() => {
  kept.clear();
  focused = undefined;
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const window = { addEventListener: (_: string, listener: () => void) => (focused = listener) };
  Object.assign(globalThis, { localStorage, window });
});

test("an app that was ended behind the camera comes back to the same question, once", () => {
  leaveFor(ADDRESS);
  assert.equal(backTo(), ADDRESS);
  assert.equal(backTo(), null);
});

test("an app that lived on has nothing to come back from", () => {
  leaveFor(ADDRESS);
  focused?.();
  assert.equal(backTo(), null);
});

test("whoever comes back much later, or by a clock set back, begins at the first screen", () => {
  leaveFor(ADDRESS);
  assert.equal(backTo(Date.now() + 31 * 60_000), null);
  leaveFor(ADDRESS);
  assert.equal(backTo(Date.now() - 60_000), null);
});

test("only a draft is come back to, and a broken note is none", () => {
  kept.set("hoso.return", JSON.stringify({ address: "https://la.example", at: Date.now() }));
  assert.equal(backTo(), null);
  kept.set("hoso.return", "{");
  assert.equal(backTo(), null);
});

test("a browser without storage only loses the way back", () => {
  Object.assign(globalThis, {
    localStorage: {
      setItem: () => {
        throw new Error("denied");
      },
    },
  });
  leaveFor(ADDRESS);
  assert.equal(backTo(), null);
});
