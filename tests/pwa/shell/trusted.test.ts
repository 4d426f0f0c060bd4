import assert from "node:assert/strict";
import { test } from "node:test";
import { trustOwnScripts } from "../../../pwa/shell/trusted.ts";

type Rules = { createScriptURL(address: string): string };

function policy(): { name: string; rules: Rules } {
  let made: { name: string; rules: Rules } | undefined;
  trustOwnScripts(
    { createPolicy: (name: string, rules: Rules) => (made = { name, rules }) },
    "https://hoso.example.vn",
  );
  assert.ok(made);
  return made;
}

test("our own worker and scripts pass as they are", () => {
  const { name, rules } = policy();
  assert.equal(name, "default");
  for (const address of [
    "/sw.js",
    "https://hoso.example.vn/sw.js",
    "https://hoso.example.vn/assets/stretch-A1B2.js",
  ])
    assert.equal(rules.createScriptURL(address), address);
});

test("any other address is refused, and no rule makes markup or code", () => {
  const { rules } = policy();
  for (const address of [
    "https://evil.example/sw.js",
    "//evil.example/assets/a.js",
    "data:text/javascript,alert(1)",
    "blob:https://hoso.example.vn/1",
    "/media/abc",
    "/assets/../media/a.js",
  ])
    assert.throws(() => rules.createScriptURL(address), TypeError);
  assert.deepEqual(Object.keys(rules), ["createScriptURL"]);
});

test("a browser without Trusted Types is left alone", () => {
  assert.doesNotThrow(() => trustOwnScripts(undefined, "https://hoso.example.vn"));
});
