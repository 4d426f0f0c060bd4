// Speaks the conformance graders' JSON lines for the phone's form engine. The phone carries no
// parser, so expression trees and definitions come from tests/conformance/compile_service.py; what
// is graded here is the evaluation and the form's behaviour.
// Usage (from the repository root): node pwa/tests/conformance-adapter.mjs
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const client = join(dirname(fileURLToPath(import.meta.url)), "..");
const repository = join(client, "..");

/** Bundles both graders' sides with the engine and loads the result. */
async function load() {
  const folder = mkdtempSync(join(tmpdir(), "hoso-conformance-"));
  try {
    const outfile = join(folder, "sides.mjs");
    await build({
      stdin: {
        contents:
          'export { evaluateCase } from "./conformance/expressions.ts"; export { Session } from "./conformance/session.ts";',
        resolveDir: join(client, "tests"),
      },
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

/** A child that answers one JSON line for another, in order. */
function compileService() {
  const own = join(repository, ".venv", "bin", "python");
  const python = process.env.HOSO_PYTHON ?? (existsSync(own) ? own : "python3");
  const child = spawn(python, ["-m", "tests.conformance.compile_service"], {
    cwd: repository,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()(JSON.parse(line)));
  const ask = (message) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      child.stdin.write(`${JSON.stringify(message)}\n`);
    });
  return { ask, end: () => child.stdin.end() };
}

const { evaluateCase, Session } = await load();
const service = compileService();
let session;

async function respond(message) {
  switch (message.op) {
    case "parse":
      return service.ask(message);
    case "evaluate": {
      const { expression, doc, ns } = message;
      const compiled = await service.ask({ op: "expression", expression, doc, ns });
      return compiled.error ? compiled : evaluateCase(message, compiled);
    }
    case "init": {
      const compiled = await service.ask({ ...message, op: "form" });
      if (compiled.error) return compiled;
      session = new Session(message, compiled);
      return { ok: true };
    }
    default:
      return session.respond(message);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = await respond(JSON.parse(line));
  } catch (fault) {
    reply = { error: String(fault) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
service.end();
