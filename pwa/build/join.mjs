// One script for the first screen. Splitting makes a chunk for every set of later parts that share
// code, so the first screen would come as many files that compress badly and each cost a request.
// Here those chunks are joined again, and the later parts take what they share from the joined file;
// from a name of the page's where the joined script stands in the page and has no address.
import { createHash } from "node:crypto";

const FIRST = "/assets/first-0.js";

/**
 * @typedef {object} Split
 * @property {Map<string, string>} texts scripts by address ("/assets/…"), not yet minified
 * @property {Map<string, string[]>} exports the names that each script exports
 * @property {string[]} eager addresses of those that the first screen needs
 * @property {string} entry address of the one that starts
 */

/**
 * @param {Split} split
 * @param {import("esbuild").BuildOptions} options how scripts are minified
 * @param {typeof import("esbuild").build} build
 * @param {(script: string) => Promise<string>} smaller what is done to each script at the end
 * @param {string} [inPage] the first script will stand in the page: the global name of what it shares
 * @returns {Promise<{scripts: Map<string, string>, first: string[]}>} scripts by their new addresses, and
 *   those of the first screen: one, or in a page two, that the browser reads one while the other comes
 */
export async function joined({ texts, exports, eager, entry }, options, build, smaller, inPage) {
  // What one chunk calls `a`, another may call `a` too: each gets a short name of its own.
  const pairs = eager.flatMap((chunk) => (exports.get(chunk) ?? []).map((name) => chunk + name));
  const ours = (chunk, name) => `x${pairs.indexOf(chunk + name).toString(36)}`;
  const listed = (chunk, write) =>
    (exports.get(chunk) ?? []).map((name) => write(ours(chunk, name), name)).join(", ");
  const named = eager.filter((chunk) => exports.get(chunk)?.length > 0);
  /** `import {…} from` or `export {…} from` of all that is shared, each by its short name. */
  const shared = (verb) =>
    named
      .map((chunk) => [chunk, listed(chunk, (short, name) => `${name} as ${short}`)])
      .map(([chunk, list]) => `${verb} { ${list} } from "${chunk}";\n`)
      .join("");
  const fromStart = (chunk) => {
    if (!named.includes(chunk)) return "";
    const list = listed(chunk, (short, name) => `${short} as ${name}`);
    if (!inPage) return `export { ${list} } from "${entry}";`;
    return `const { ${listed(chunk, (short) => short)} } = ${inPage}; export { ${list} };`;
  };
  const itself = (chunk) => texts.get(chunk);
  const scripts = new Map();
  if (inPage) {
    const names = named.map((chunk) => listed(chunk, (short) => short)).join(", ");
    const first = `${shared("import")}globalThis.${inPage} = { ${names} };`;
    scripts.set(FIRST, await pass(first, itself, "iife"));
    scripts.set(entry, await pass(itself(entry), fromStart, "iife"));
  } else scripts.set(entry, await pass(`import "${entry}";\n${shared("export")}`, itself));
  for (const [address, text] of texts) {
    if (!eager.includes(address)) scripts.set(address, await pass(text, fromStart));
  }
  return renamed(scripts, inPage ? [FIRST, entry] : [entry]);

  /** One script; `load` gives what stands for a chunk of the first screen. */
  async function pass(contents, load, format = "esm") {
    const isLater = load === fromStart;
    const setup = ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\/assets\// }, ({ path, kind, namespace }) => {
        const isStandIn = isLater && namespace === "chunk";
        const isTaken = kind !== "dynamic-import" && !isStandIn && eager.includes(path);
        return isTaken ? { path, namespace: "chunk" } : { path, external: true };
      });
      onLoad({ filter: /.*/, namespace: "chunk" }, ({ path }) => ({ contents: load(path) }));
    };
    const plugins = [{ name: "join", setup }];
    const result = await build({ ...options, stdin: { contents }, plugins, format });
    return smaller(result.outputFiles[0].text);
  }
}

/**
 * Gives every script a name after all their contents: they name each other, and a kept copy of one
 * must never meet another build's copy of the next.
 * @param {Map<string, string>} scripts @param {string[]} first
 */
function renamed(scripts, first) {
  const digest = (text) =>
    createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const all = digest([...scripts.values()].join("\0"));
  const names = [...scripts].map(([address, text]) => [
    address,
    address.replace(/-[A-Z0-9]+\.js$/, `-${digest(all + text)}.js`),
  ]);
  const rename = (text) => names.reduce((now, [old, fresh]) => now.split(old).join(fresh), text);
  return {
    scripts: new Map([...scripts].map(([address, text]) => [rename(address), rename(text)])),
    first: first.map(rename),
  };
}
