// One script for the first screen. Splitting makes a chunk for every set of later parts that share
// code, so the first screen would come as many files that compress badly and each cost a request.
// Here those chunks are joined again, and the later parts take what they share from the joined file;
// from a name of the page's where the joined script stands in the page and has no address.
import { createHash } from "node:crypto";

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
 * @returns {Promise<{scripts: Map<string, string>, entry: string}>} scripts by their new addresses
 */
export async function joined({ texts, exports, eager, entry }, options, build, smaller, inPage) {
  // What one chunk calls `a`, another may call `a` too: each gets a short name of its own.
  const pairs = eager.flatMap((chunk) => (exports.get(chunk) ?? []).map((name) => chunk + name));
  const ours = (chunk, name) => `x${pairs.indexOf(chunk + name).toString(36)}`;
  const listed = (chunk, write) =>
    (exports.get(chunk) ?? []).map((name) => write(ours(chunk, name), name)).join(", ");
  const named = eager.filter((chunk) => exports.get(chunk)?.length > 0);
  const all = (line) => named.map(line).join("\n");
  const whole = inPage
    ? `${all((chunk) => `import { ${listed(chunk, (short, name) => `${name} as ${short}`)} } from "${chunk}";`)}
globalThis.${inPage} = { ${named.map((chunk) => listed(chunk, (short) => short)).join(", ")} };`
    : all(
        (chunk) =>
          `export { ${listed(chunk, (short, name) => `${name} as ${short}`)} } from "${chunk}";`,
      );
  const start = `import "${entry}";\n${whole}`;
  const fromStart = (chunk) => {
    if (!named.includes(chunk)) return "";
    const list = listed(chunk, (short, name) => `${short} as ${name}`);
    if (!inPage) return `export { ${list} } from "${entry}";`;
    return `const { ${listed(chunk, (short) => short)} } = globalThis.${inPage}; export { ${list} };`;
  };
  const scripts = new Map([[entry, await pass(start, (chunk) => texts.get(chunk))]]);
  for (const [address, text] of texts) {
    if (!eager.includes(address)) scripts.set(address, await pass(text, fromStart));
  }
  return renamed(scripts, entry);

  /** One script; `load` gives what stands for a chunk of the first screen. */
  async function pass(contents, load) {
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
    const format = inPage && !isLater ? "iife" : "esm";
    const result = await build({ ...options, stdin: { contents }, plugins, format });
    return smaller(result.outputFiles[0].text);
  }
}

/**
 * Gives every script a name after all their contents: they name each other, and a kept copy of one
 * must never meet another build's copy of the next.
 * @param {Map<string, string>} scripts @param {string} entry
 */
function renamed(scripts, entry) {
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
    entry: rename(entry),
  };
}
