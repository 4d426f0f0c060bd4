// What Chrome 80 does not know never leaves the build.
import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";
import { tooNew } from "../../../pwa/build/old-phones.mjs";
import { Output } from "../../../pwa/build/output.mjs";

function outputOf(path: string, text: string): Output {
  const output = new Output();
  output.add(path, text);
  return output;
}

test("a name that Chrome 80 lacks is found with its place", () => {
  const faults = tooNew(outputOf("assets/a.js", "const last=list.at(-1);"));
  equal(faults.length, 1);
  match(faults[0] ?? "", /assets\/a\.js uses Array\.at/);
});

test("a selector that would drop its rule on an old phone is found", () => {
  equal(tooNew(outputOf("assets/a.css", ".a:has(.b){color:red}")).length, 1);
});

test("the desk may use what office browsers have", () => {
  deepEqual(tooNew(outputOf("desk/desk-1.js", "structuredClone({})")), []);
});

test("plain code and styles pass", () => {
  deepEqual(tooNew(outputOf("assets/a.js", "list[list.length-1]?.at")), []);
  deepEqual(tooNew(outputOf("assets/a.css", ".a:hover{margin:0}")), []);
});
