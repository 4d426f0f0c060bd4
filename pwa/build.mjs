// Builds the phone app into pwa/dist: page, styles, worker, icons, the desk's assets, each text file
// with its .br and .gz, and build.json with every size. Equal sources give equal bytes.
// Usage: node pwa/build.mjs [--watch]
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";
import { addDesk } from "./build/desk.mjs";
import { tooNew } from "./build/old-phones.mjs";
import { older } from "./build/older.mjs";
import { Output } from "./build/output.mjs";
import { fillPage, fillTrial } from "./build/page.mjs";
import { BACKGROUND, precacheList, precacheModule, TRIAL, TRIAL_PAGE } from "./build/precache.mjs";
import { scriptsOf } from "./build/scripts.mjs";
import { watch } from "./build/watch.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = process.env.HOSO_CLIENT_SOURCE ?? here;
const folder = process.env.HOSO_CLIENT_OUTPUT ?? join(source, "dist");
const TRIAL_ENTRY = "shell/trial-page.ts";
const TRIAL_FIRST = "forms/renderer/session.ts";
const deskSource = join(source, "..", "server", "desk", "static");

/** @type {import("esbuild").BuildOptions} */
const options = {
  absWorkingDir: source,
  nodePaths: [join(here, "node_modules")],
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  outdir: folder,
  target: "chrome80",
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".svg": "file", ".png": "file", ".webp": "file", ".woff2": "file", ".mp3": "file" },
  logLevel: "warning",
};

const isWatching = process.argv.includes("--watch");

/** Another look at a script that esbuild has minified: it finds some three in a hundred more. */
const smaller = async (script) =>
  isWatching
    ? script
    : (await minify(script, { module: true, ecma: 2020, compress: { passes: 2 } })).code;

/** Paths that esbuild gives are relative to `source`; ours to the output folder. */
const inOutput = (path) => relative(folder, join(source, path));

/** What names the files of a page. */
const inAssets = {
  ...options,
  entryNames: "assets/[name]-[hash]",
  chunkNames: "assets/[name]-[hash]",
  assetNames: "assets/[name]-[hash]",
  publicPath: "/",
};
const around = { folder, inOutput, build, smaller };

/** Scripts and styles of the page. What is imported when needed stays a file of its own. */
async function addPage(output, stretcher) {
  const entry = ["main.tsx", "main.ts"]
    .map((name) => `shell/${name}`)
    .find((path) => existsSync(join(source, path)));
  const style = await build({ ...inAssets, entryPoints: ["shell/design/app.css"] });
  const define = { ...options.define, HOSO_STRETCHER: JSON.stringify(stretcher) };
  const made = await scriptsOf(
    { ...inAssets, define, entryPoints: [entry ?? "shell/main.tsx"] },
    around,
  );
  for (const [path, content] of [...made.scripts, ...made.others]) output.add(path, content);
  for (const { path, contents } of style.outputFiles) output.add(relative(folder, path), contents);
  const styles = Object.keys(style.metafile.outputs).map(inOutput);
  return {
    script: made.first[0],
    styles: styles.filter((path) => path.endsWith(".css")),
    preload: [],
    eager: new Set([...made.first, ...styles, ...made.eager]),
  };
}

/**
 * The later parts of the page that shows one form to try; the page itself is filled later.
 * @returns its scripts, which stand in it
 */
async function addTrial(output) {
  if (!existsSync(join(source, TRIAL_ENTRY))) return undefined;
  const made = await scriptsOf(
    { ...inAssets, entryPoints: [TRIAL_ENTRY, TRIAL_FIRST], chunkNames: `${TRIAL}[name]-[hash]` },
    { ...around, inPage: "hosoTrial" },
  );
  const later = [...made.scripts].filter(([path]) => !made.first.includes(path));
  for (const [path, content] of [...later, ...made.others]) output.add(path, content);
  return made.first.map((path) => made.scripts.get(path));
}

function addPublic(output) {
  const root = join(source, "shell", "public");
  for (const path of listFiles(root)) output.add(relative(root, path), readFileSync(path));
}

/** @returns {string[]} all files below a folder, none when it is missing */
function listFiles(root) {
  if (!existsSync(root)) return [];
  return readdirSync(root).flatMap((name) => {
    const path = join(root, name);
    return statSync(path).isDirectory() ? listFiles(path) : [path];
  });
}

/** A script that stands alone. @returns its address */
async function addScript(output, entry, entryNames) {
  const result = await build({
    ...options,
    entryPoints: [entry],
    entryNames,
    format: "iife",
    plugins: [older],
  });
  const [{ path, text }] = result.outputFiles;
  output.add(relative(folder, path), await smaller(text));
  return `/${relative(folder, path)}`;
}

async function addWorker(output, identity, files, background) {
  const result = await build({
    ...options,
    entryPoints: { sw: "sw/index.ts" },
    format: "iife",
    plugins: [precacheModule(identity, files, background)],
  });
  output.add("sw.js", await smaller(result.outputFiles[0].text));
}

async function buildAll() {
  const started = Date.now();
  const output = new Output();
  const stretcher = await addScript(output, "lock/stretcher.ts", "assets/stretcher-[hash]");
  const { eager, ...names } = await addPage(output, stretcher);
  addPublic(output);
  // The worker's other half; the identity of the build counts it in.
  const background = await addScript(output, "sw/background.ts", `${BACKGROUND}[hash]`);
  const scripts = await addTrial(output);
  const template = readFileSync(join(source, "shell", "index.html"), "utf8");
  const style = names.styles.map((path) => output.files.get(path).toString()).join("");
  const addPages = (build) => {
    output.add("index.html", fillPage(template, { build, ...names }));
    if (scripts) output.add(TRIAL_PAGE, fillTrial(template, { build, style, scripts }));
  };
  addPages("");
  const identity = output.identity(output.paths());
  addPages(identity);
  for (const path of ["index.html", "manifest.webmanifest"]) eager.add(path);
  await addWorker(output, identity, precacheList(output, eager), background);
  await addDesk(output, deskSource, { options, inOutput });
  const faults = tooNew(output);
  if (faults.length > 0) throw new Error(faults.join("\n"));
  const files = output
    .measure()
    .map((file) => ({ ...file, eager: eager.has(file.path) || file.path === "sw.js" }));
  output.add("build.json", `${JSON.stringify({ build: identity, files }, null, 1)}\n`);
  output.write(folder);
  printSizes(identity, files, Date.now() - started);
}

function printSizes(identity, files, elapsed) {
  const row = (label, raw, br, mark = "") => {
    console.log(`${label.padEnd(44)}${String(raw).padStart(9)}${String(br).padStart(9)}  ${mark}`);
  };
  row(`build ${identity}`, "raw", "brotli");
  for (const { path, raw, br, eager } of files) row(path, raw, br, eager ? "first screen" : "");
  const first = files.filter(({ eager }) => eager);
  const sum = (key) => first.reduce((total, file) => total + file[key], 0);
  row("first screen together", sum("raw"), sum("br"), `built in ${elapsed} ms`);
}

if (isWatching) {
  await watch([source, deskSource], ["node_modules", "dist"], buildAll);
} else {
  await buildAll().catch((error) => {
    console.error(
      error.errors
        ? `the client did not build: ${error.errors.length} faults above`
        : error.message,
    );
    process.exitCode = 1;
  });
}
