// Style and script of the desk's pages. They belong to the server; they are built here because they
// share the app's design tokens and its compiler. Office browsers are newer than phones.
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";

/**
 * Adds desk/* and desk/manifest.json (source name → built name) to the output.
 * @param {import("./output.mjs").Output} output
 * @param {string} folder server/desk/static
 * @param {{options: import("esbuild").BuildOptions, inOutput: (path: string) => string}} shared
 */
export async function addDesk(output, folder, { options, inOutput }) {
  const entries = ["desk.css", "desk.ts"].map((name) => join(folder, name)).filter(existsSync);
  if (entries.length === 0) return;
  const result = await build({
    ...options,
    entryPoints: entries,
    entryNames: "desk/[name]-[hash]",
    assetNames: "desk/[name]-[hash]",
    publicPath: "/",
    format: "iife",
    target: ["chrome100", "firefox100", "safari15"],
  });
  const names = {};
  for (const [path, { entryPoint }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint) names[basename(entryPoint).replace(/\.ts$/, ".js")] = basename(path);
  }
  const byPath = new Map(result.outputFiles.map(({ path, contents }) => [path, contents]));
  for (const path of Object.keys(result.metafile.outputs)) {
    output.add(inOutput(path), byPath.get(join(options.absWorkingDir, path)));
  }
  output.add("desk/manifest.json", `${JSON.stringify(names, Object.keys(names).sort())}\n`);
}
