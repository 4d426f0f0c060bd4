// The worker's list: every file of the app with its digest, none of the desk's, and the build's name.
import { deepEqual, equal, notEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Output } from "../../../pwa/build/output.mjs";
import { precacheList, reachedEagerly } from "../../../pwa/build/precache.mjs";

test("the page is listed by its address, the desk and the page of one form not at all", () => {
  const output = new Output();
  output.add("index.html", "trang");
  output.add("assets/later.js", "x");
  output.add("desk/desk-1.js", "y");
  output.add("assets/background-1.js", "kept by the browser");
  output.add("trial.html", "for who has no worker");
  output.add("assets/trial-page-en-1.js", "z");
  const digest = createHash("sha256").update("trang").digest("base64");
  deepEqual(precacheList(output, new Set(["index.html"]))[1], {
    url: "/",
    integrity: `sha256-${digest}`,
    size: 5,
    eager: true,
  });
  deepEqual(
    precacheList(output, new Set(["index.html"])).map(({ url, eager }) => [url, eager]),
    [
      ["/assets/later.js", false],
      ["/", true],
    ],
  );
});

test("what only a dynamic import reaches is not needed for the first screen", () => {
  const outputs = {
    "main.js": {
      imports: [
        { path: "part.js", kind: "import-statement" },
        { path: "late.js", kind: "dynamic-import" },
      ],
    },
    "part.js": { imports: [{ path: "icon.svg", kind: "file-loader" }] },
    "icon.svg": { imports: [] },
    "late.js": { imports: [{ path: "part.js", kind: "import-statement" }] },
  };
  deepEqual([...reachedEagerly({ inputs: {}, outputs } as never, "main.js")].sort(), [
    "icon.svg",
    "main.js",
    "part.js",
  ]);
});

test("one changed byte gives the build another name", () => {
  const one = new Output();
  const other = new Output();
  one.add("a.js", "1");
  other.add("a.js", "2");
  equal(one.identity(["a.js"]), one.identity(["a.js"]));
  notEqual(one.identity(["a.js"]), other.identity(["a.js"]));
});
