// Plays sessions on the phone's form engine, one JSON line for another:
// {vector, steps: [do…]} -> {steps, answers}, both as tests/vectors/README.md describes them.
// Usage (from the repository root): node pwa/tests/session-player.mjs
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const client = join(dirname(fileURLToPath(import.meta.url)), "..");

async function load() {
  const folder = mkdtempSync(join(tmpdir(), "hoso-sessions-"));
  try {
    const outfile = join(folder, "session.mjs");
    await build({
      entryPoints: [join(client, "..", "tests", "pwa", "forms", "engine", "session.ts")],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile,
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { play } = await load();
for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    const { vector, steps } = JSON.parse(line);
    reply = play(vector, steps);
  } catch (fault) {
    reply = { error: String(fault?.stack ?? fault) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
