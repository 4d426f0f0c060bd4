// Files on their way to the output folder: collected in memory, measured, digested, then written in
// one swap so that a server reading the folder never sees half a build.
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXT = new Set([".html", ".js", ".css", ".json", ".webmanifest", ".svg", ".txt"]);

/** @param {Uint8Array} bytes @returns {Buffer} SHA-256 */
export const sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** All files of one build: path in the output folder → bytes. */
export class Output {
  /** @type {Map<string, Buffer>} */
  files = new Map();

  /** @param {string} path @param {Uint8Array | string} content */
  add(path, content) {
    this.files.set(path, Buffer.from(content));
  }

  /** @returns {string[]} paths in one order on every machine */
  paths() {
    return [...this.files.keys()].sort();
  }

  /** @param {string[]} paths @returns {string} 16 hex digits over names and contents */
  identity(paths) {
    const hash = createHash("sha256");
    for (const path of paths) hash.update(`${path}\0`).update(sha256(this.files.get(path)));
    return hash.digest("hex").slice(0, 16);
  }

  /**
   * Compresses every text file and measures all.
   * @returns {{path: string, raw: number, br: number, sha256: string}[]} br = raw for binaries
   */
  measure() {
    return this.paths().map((path) => {
      const bytes = this.files.get(path);
      const entry = {
        path,
        raw: bytes.length,
        br: bytes.length,
        sha256: sha256(bytes).toString("hex"),
      };
      if (TEXT.has(extname(path))) {
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        const br = brotliCompressSync(bytes, { params });
        this.files.set(`${path}.br`, br);
        this.files.set(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        entry.br = br.length;
      }
      return entry;
    });
  }

  /** @param {string} folder replaced as a whole */
  write(folder) {
    const next = `${folder}-${process.pid}`;
    const old = `${next}-old`;
    for (const [path, bytes] of this.files) {
      mkdirSync(dirname(join(next, path)), { recursive: true });
      writeFileSync(join(next, path), bytes);
    }
    try {
      renameSync(folder, old);
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    renameSync(next, folder);
    rmSync(old, { recursive: true, force: true });
  }
}
