import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { backTo, leaveFor } from "../../../pwa/shell/returning.ts";
import { freshPhone, ownStore } from "../store/phone.ts";

freshPhone();

const ADDRESS = "/drafts/4c1f?q=%2Fdata%2Fanh";
let focused: (() => void) | undefined;

beforeEach(() => {
  focused = undefined;
  const addEventListener = (_: string, listener: () => void) => {
    focused = listener;
  };
  Object.assign(globalThis, { window: { addEventListener } });
});

test("an app that was ended behind the camera comes back to the same question, once", async () => {
  const { shared } = await ownStore();
  await leaveFor(shared, ADDRESS);
  assert.equal(await backTo(shared), ADDRESS);
  assert.equal(await backTo(shared), null);
});

test("an app that lived on has nothing to come back from", async () => {
  const { shared } = await ownStore();
  await leaveFor(shared, ADDRESS);
  focused?.();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(await backTo(shared), null);
});

test("whoever comes back much later, or by a clock set back, begins at the first screen", async () => {
  const { shared } = await ownStore();
  await leaveFor(shared, ADDRESS);
  assert.equal(await backTo(shared, Date.now() + 31 * 60_000), null);
  await leaveFor(shared, ADDRESS);
  assert.equal(await backTo(shared, Date.now() - 60_000), null);
});
