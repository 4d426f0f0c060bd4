// Runs the client's tests: bundles each tests/pwa/**/*.test.ts(x) as the build does, then hands them to
// node's test runner with the repository root as working directory.
// Usage: node tests/pwa/run.mjs [part of a path…]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const client = join(root, "pwa");
const { build } = await import(
  pathToFileURL(createRequire(join(client, "package.json")).resolve("esbuild")).href
);
const { precacheModule } = await import(pathToFileURL(join(client, "build", "precache.mjs")).href);

/** A short list that tests of the worker can count on. */
const sampleFiles = [
  { url: "/", integrity: "", size: 1, eager: true },
  { url: "/assets/main-TEST.js", integrity: "", size: 2, eager: true },
  { url: "/assets/later-TEST.js", integrity: "", size: 3, eager: false },
];

const wanted = process.argv.slice(2);
const tests = findTests(here).filter(
  (path) => wanted.length === 0 || wanted.some((part) => relative(here, path).includes(part)),
);
if (tests.length === 0) {
  console.error(`no test file matches ${wanted.join(", ") || "tests/pwa/**/*.test.ts"}`);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "hoso-tests-"));
try {
  await build({
    entryPoints: tests,
    outdir: folder,
    outbase: here,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node18",
    sourcemap: "inline",
    jsx: "automatic",
    jsxImportSource: "preact",
    nodePaths: [join(client, "node_modules")],
    // Packages written for CommonJS ask for node's own modules through require.
    banner: {
      js: 'import { createRequire as $require } from "node:module"; const require = $require(import.meta.url);',
    },
    loader: { ".svg": "text", ".png": "dataurl", ".css": "empty" },
    plugins: [precacheModule("test", sampleFiles)],
    logLevel: "warning",
  });
  const bundles = tests.map((path) =>
    join(folder, relative(here, path).replace(/\.tsx?$/, ".mjs")),
  );
  const { status } = spawnSync(
    process.execPath,
    ["--enable-source-maps", "--test", "--test-reporter=spec", ...bundles],
    { cwd: root, stdio: "inherit", env: { ...process.env, TZ: process.env.TZ ?? "UTC" } },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} below @returns {string[]} */
function findTests(below) {
  return readdirSync(below, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return findTests(path);
      return /\.test\.tsx?$/.test(entry.name) ? [path] : [];
    })
    .sort();
}
