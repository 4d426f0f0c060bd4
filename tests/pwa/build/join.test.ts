// The first screen's chunks become one script; the later parts share its code and its state.
import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { joined } from "../../../pwa/build/join.mjs";

const SPLIT = {
  texts: new Map([
    [
      "/assets/main-AAAA.js",
      'import { a } from "/assets/chunk-BBBB.js"; import { a as b } from "/assets/chunk-CCCC.js"; a.push("main", b); globalThis.late = () => import("/assets/late-DDDD.js");',
    ],
    ["/assets/chunk-BBBB.js", "export const a = [];"],
    ["/assets/chunk-CCCC.js", 'export const a = "other";'],
    [
      "/assets/late-DDDD.js",
      'import { a } from "/assets/chunk-BBBB.js"; import { a as b } from "/assets/chunk-CCCC.js"; a.push("late", b); export const seen = a;',
    ],
  ]),
  exports: new Map([
    ["/assets/main-AAAA.js", []],
    ["/assets/chunk-BBBB.js", ["a"]],
    ["/assets/chunk-CCCC.js", ["a"]],
    ["/assets/late-DDDD.js", ["seen"]],
  ]),
  eager: ["/assets/main-AAAA.js", "/assets/chunk-BBBB.js", "/assets/chunk-CCCC.js"],
  entry: "/assets/main-AAAA.js",
};
// Not part of the test's own bundle: it looks for its program beside itself.
const { build } = createRequire(join(process.cwd(), "pwa", "package.json"))(
  "esbuild",
) as typeof import("esbuild");
const same = async (script: string): Promise<string> => script;
const OPTIONS = { bundle: true, minify: true, write: false } as const;

test("the first screen is one script, and a later part meets the very things in it", async () => {
  const { scripts, first } = await joined(SPLIT, OPTIONS, build, same);
  const [entry = ""] = first;
  deepEqual(
    [...scripts.keys()].map((address) => address.replace(/-[A-Z0-9]{8}\.js$/, "")),
    ["/assets/main", "/assets/late"],
  );
  const folder = mkdtempSync(join(tmpdir(), "hoso-join-"));
  try {
    for (const [address, text] of scripts) {
      const local = text.split("/assets/").join("./");
      writeFileSync(join(folder, address.slice("/assets/".length)), local);
    }
    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    await import(pathToFileURL(join(folder, entry.slice("/assets/".length))).href);
    const { late } = globalThis as unknown as { late(): Promise<{ [name: string]: unknown }> };
    deepEqual((await late()).seen, ["main", "other", "late", "other"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what stands in a page is two scripts without address, and a later part meets the very things in them", async () => {
  const { scripts, first } = await joined(SPLIT, OPTIONS, build, same, "shared");
  const [address = "", later = ""] = [...scripts].find(([path]) => !first.includes(path)) ?? [];
  equal(first.length, 2);
  ok(first.every((path) => !later.includes(path)));
  const inPage = first.map((path) => scripts.get(path)).join("\n");
  const folder = mkdtempSync(join(tmpdir(), "hoso-join-"));
  try {
    writeFileSync(join(folder, "late.mjs"), later);
    writeFileSync(join(folder, "page.mjs"), inPage.replace(address, "./late.mjs"));
    await import(pathToFileURL(join(folder, "page.mjs")).href);
    const { late } = globalThis as unknown as { late(): Promise<{ [name: string]: unknown }> };
    deepEqual((await late()).seen, ["main", "other", "late", "other"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a change in a later part renames the first script, which names it", async () => {
  const before = await joined(SPLIT, OPTIONS, build, same);
  const texts = new Map(SPLIT.texts).set("/assets/late-DDDD.js", "export const seen = [];");
  const after = await joined({ ...SPLIT, texts }, OPTIONS, build, same);
  ok(before.first[0] !== after.first[0]);
  deepEqual((await joined(SPLIT, OPTIONS, build, same)).first, before.first);
});
