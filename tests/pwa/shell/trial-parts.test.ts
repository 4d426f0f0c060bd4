// The page that shows one form to try is made of what forms need: nothing that keeps, sends or asks
// who is there, and no words but those it has.
import { deepEqual, ok } from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import type { Metafile } from "esbuild";
import { vietnamese } from "../../../pwa/language/vi.ts";
import { formWordsInVietnamese } from "../../../pwa/language/vi-form-words.ts";
import { rareInVietnamese } from "../../../pwa/language/vi-rare.ts";

const client = join(process.cwd(), "pwa");
const { build } = createRequire(join(client, "package.json"))(
  "esbuild",
) as typeof import("esbuild");

/** The page's scripts as they ship, though readable: what is needed at once, and what comes later. */
async function parts(): Promise<{ early: Metafile["outputs"][string][]; texts: string[] }> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: client,
    entryPoints: ["shell/trial-page.ts"],
    outdir: "nowhere",
    ...{ bundle: true, splitting: true, format: "esm", write: false, metafile: true },
    ...{ jsx: "automatic", jsxImportSource: "preact", loader: { ".svg": "text" } },
  });
  const entry = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint);
  ok(entry);
  const early = [entry];
  for (const output of early) {
    for (const { path, kind } of output.imports) {
      const next = metafile.outputs[path];
      if (next && kind !== "dynamic-import" && !early.includes(next)) early.push(next);
    }
  }
  return { early, texts: outputFiles.map(({ text }) => text) };
}

test("no store, delivery, sign-in or request is part of the page", async () => {
  const found = (await parts()).early
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && !path.startsWith("node_modules"))
    .map(([path]) => path);
  ok(found.includes("forms/engine/open.ts"));
  const folders = new Set(found.map((path) => path.split("/")[0]));
  deepEqual([...folders].sort(), ["capture", "forms", "language", "shell"]);
  const screens = found.filter((path) => path.startsWith("shell/screens/"));
  deepEqual(
    screens.filter(
      (path) =>
        !/\/(trial|draft-(page|questions|ahead|check|entries|places)|lost-answers)\.tsx?$/.test(
          path,
        ),
    ),
    [],
  );
});

test("no module of the page or of its later parts says what the page has no words for", async () => {
  const known = new Set(Object.keys({ ...formWordsInVietnamese, ...rareInVietnamese }));
  const unknown = Object.keys(vietnamese).filter((name) => !known.has(name));
  const said: string[] = [];
  for (const text of (await parts()).texts) {
    const taken = text.matchAll(
      /\bwords\d*\.(\w+)\b(?!\()|\{([^{}]*)\} = (?:words\d*|use(?:All)?Words\(\))/g,
    );
    for (const [, one = "", several = ""] of taken) {
      const names = [one, ...several.split(",").map((part) => part.trim())];
      said.push(...names.filter((name) => unknown.includes(name)));
    }
  }
  // Above the questions of a supplement, which no trial is.
  deepEqual(said, ["dossiers"]);
});
