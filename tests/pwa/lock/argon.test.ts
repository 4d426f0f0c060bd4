import assert from "node:assert/strict";
import test from "node:test";
import { byMachineCode, byScript, derive } from "../../../pwa/lock/argon.ts";
import { hex, utf8 } from "../../../pwa/store/bytes.ts";

const task = (pin: string) => ({
  pin: utf8(pin),
  salt: utf8("somesalt"),
  cost: { memory: 256, passes: 2 },
});
// argon2 -id -t 2 -m 8 (256 KiB) -p 1 over "password", salt "somesalt": reference implementation.
const KNOWN = "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe";

test("machine code and script give the reference implementation's key", async () => {
  assert.equal(hex(await byMachineCode(task("password"))), KNOWN);
  assert.equal(hex(byScript(task("password"))), KNOWN);
});

test("a lock put on by one opens by the other", async () => {
  for (const pin of ["739154", "0".repeat(32)]) {
    assert.deepEqual(await byMachineCode(task(pin)), byScript(task(pin)));
  }
});

test("where no machine code may be compiled the script does it", async (t) => {
  t.mock.method(WebAssembly, "compile", () => Promise.reject(new Error("refused by policy")));
  t.mock.method(WebAssembly, "instantiate", () => Promise.reject(new Error("refused by policy")));
  await assert.rejects(byMachineCode(task("password")));
  assert.equal(hex(await derive(task("password"))), KNOWN);
});
