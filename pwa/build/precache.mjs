// The list of files that the worker keeps, as the module "virtual:precache", and which of them the
// first screen needs.
import { sha256 } from "./output.mjs";

/** How the built name of the worker's other half begins; the browser keeps it with the worker. */
export const BACKGROUND = "assets/background-";

/** The page that shows one form to try and how its later parts begin: for who has no app, so no worker. */
export const TRIAL_PAGE = "trial.html";
export const TRIAL = "assets/trial-page-";

/** What the worker does not keep. */
const NOT_KEPT = ["desk/", BACKGROUND, TRIAL];

/**
 * Outputs that an entry reaches without a dynamic import.
 * @param {import("esbuild").Metafile} metafile @param {string} entry output path
 * @returns {Set<string>} output paths, the entry among them
 */
export function reachedEagerly(metafile, entry) {
  const reached = new Set();
  const waiting = [entry];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (reached.has(path) || !(path in metafile.outputs)) continue;
    reached.add(path);
    for (const { path: next, kind } of metafile.outputs[path].imports) {
      if (kind !== "dynamic-import") waiting.push(next);
    }
  }
  return reached;
}

/**
 * @param {import("./output.mjs").Output} output
 * @param {Set<string>} eager paths in the output folder
 * @returns {{url: string, integrity: string, size: number, eager: boolean}[]}
 */
export function precacheList(output, eager) {
  return output
    .paths()
    .filter((path) => path !== TRIAL_PAGE && !NOT_KEPT.some((start) => path.startsWith(start)))
    .map((path) => {
      const bytes = output.files.get(path);
      return {
        url: path === "index.html" ? "/" : `/${path}`,
        integrity: `sha256-${sha256(bytes).toString("base64")}`,
        size: bytes.length,
        eager: eager.has(path),
      };
    });
}

/**
 * @param {string} build @param {ReturnType<typeof precacheList>} files
 * @param {string} [background] address of the worker's other half
 * @returns {import("esbuild").Plugin}
 */
export function precacheModule(build, files, background = "") {
  const contents = `export const build = ${JSON.stringify(build)};
export const files = ${JSON.stringify(files)};
export const background = ${JSON.stringify(background)};`;
  return {
    name: "precache",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^virtual:precache$/ }, ({ path }) => ({ path, namespace: "precache" }));
      onLoad({ filter: /.*/, namespace: "precache" }, () => ({ contents, loader: "js" }));
    },
  };
}
