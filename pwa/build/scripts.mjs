// Scripts of a page: what its first screen needs joined into one, later parts files of their own.
import { relative } from "node:path";
import { joined } from "./join.mjs";
import { reachedEagerly } from "./precache.mjs";

/**
 * @param {import("esbuild").BuildOptions} options with `entryPoints`: that of the page; then those that
 *   are no pages, but whose modules go into the first of a page's two scripts
 * @param {{
 *   folder: string,
 *   inOutput: (path: string) => string,
 *   build: typeof import("esbuild").build,
 *   smaller: (script: string) => Promise<string>,
 *   inPage?: string,
 * }} around as `joined` takes them
 * @returns {Promise<{
 *   scripts: Map<string, string>, first: string[], others: Map<string, Uint8Array>, eager: string[],
 * }>} scripts by path in the output folder, which of them the first screen needs, in their order, all
 *   other files, and which of those it needs
 */
export async function scriptsOf(options, { folder, inOutput, build, smaller, inPage }) {
  const split = await build({ ...options, format: "esm", splitting: true, minify: false });
  const outputs = Object.entries(split.metafile.outputs);
  const [page, ...apart] = options.entryPoints;
  const start = outputs.find(([, { entryPoint }]) => entryPoint === page)[0];
  const unused = new Set(
    outputs
      .filter(([, { entryPoint }]) => apart.includes(entryPoint))
      .map(([path]) => inOutput(path)),
  );
  const early = [...reachedEagerly(split.metafile, start)];
  const address = (path) => `/${inOutput(path)}`;
  const isScript = (path) => path.endsWith(".js");
  const files = split.outputFiles
    .map((file) => [relative(folder, file.path), file])
    .filter(([path]) => !unused.has(path));
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
    first: made.first.map((path) => path.slice(1)),
    others: new Map(
      files.filter(([path]) => !isScript(path)).map(([path, { contents }]) => [path, contents]),
    ),
    eager: early.filter((path) => !isScript(path)).map(inOutput),
  };
}
