// Scripts of a page: what its first screen needs joined into one, later parts files of their own.
import { relative } from "node:path";
import { joined } from "./join.mjs";
import { reachedEagerly } from "./precache.mjs";

/**
 * @param {import("esbuild").BuildOptions} options with `entryPoints` of one
 * @param {{
 *   folder: string,
 *   inOutput: (path: string) => string,
 *   build: typeof import("esbuild").build,
 *   smaller: (script: string) => Promise<string>,
 *   inPage?: string,
 * }} around as `joined` takes them
 * @returns {Promise<{
 *   scripts: Map<string, string>, entry: string, others: Map<string, Uint8Array>, eager: string[],
 * }>} scripts by path in the output folder, the entry's among them, all other files, and which of those
 *   the first screen needs
 */
export async function scriptsOf(options, { folder, inOutput, build, smaller, inPage }) {
  const split = await build({ ...options, format: "esm", splitting: true, minify: false });
  const outputs = Object.entries(split.metafile.outputs);
  const start = outputs.find(([, { entryPoint }]) => entryPoint === options.entryPoints[0])[0];
  const early = [...reachedEagerly(split.metafile, start)];
  const address = (path) => `/${inOutput(path)}`;
  const isScript = (path) => path.endsWith(".js");
  const files = split.outputFiles.map(({ path, ...file }) => [relative(folder, path), file]);
  const made = await joined(
    {
      texts: new Map(
        files.filter(([path]) => isScript(path)).map(([path, { text }]) => [`/${path}`, text]),
      ),
      exports: new Map(outputs.map(([path, { exports }]) => [address(path), exports])),
      eager: early.filter(isScript).map(address),
      entry: address(start),
    },
    { ...options, entryPoints: undefined, metafile: false, define: {} },
    build,
    smaller,
    inPage,
  );
  return {
    scripts: new Map([...made.scripts].map(([path, text]) => [path.slice(1), text])),
    entry: made.entry.slice(1),
    others: new Map(
      files.filter(([path]) => !isScript(path)).map(([path, { contents }]) => [path, contents]),
    ),
    eager: early.filter((path) => !isScript(path)).map(inOutput),
  };
}
