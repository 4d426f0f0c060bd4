// Builds again when a source changes. Asks the clock of the files twice a second rather than the
// system's watcher, which Node 18 lacks for folders on Linux.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The latest change below a folder; its own clock is left out, for the output folder's swap touches it.
 * @param {string} folder @param {string[]} skipped names, also with "-…" after them
 * @returns {number} milliseconds
 */
function newest(folder, skipped) {
  if (!existsSync(folder)) return 0;
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.includes(entry.name.split("-")[0])) continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, statSync(path).mtimeMs);
    if (entry.isDirectory()) latest = Math.max(latest, newest(path, skipped));
  }
  return latest;
}

/**
 * Never returns. A failed build is told and the next change tried.
 * @param {string[]} folders @param {string[]} skipped names of folders not looked into
 * @param {() => Promise<void>} buildAll
 */
export async function watch(folders, skipped, buildAll) {
  let seen = -1;
  for (;;) {
    const now = Math.max(...folders.map((folder) => newest(folder, skipped)));
    if (now !== seen) {
      seen = now;
      await buildAll().catch((error) => console.error(error.message));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
