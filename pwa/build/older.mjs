// Names newer than Chrome 80 that a package calls and that an older spelling replaces word for word.
// What none replaces stops the build: see old-phones.mjs.
import { readFileSync } from "node:fs";

/** @type {import("esbuild").Plugin} */
export const older = {
  name: "older",
  setup({ onLoad }) {
    onLoad({ filter: /@noble[\\/]hashes[\\/]utils\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(
        /\bObject\.hasOwn\(/g,
        "Object.prototype.hasOwnProperty.call(",
      ),
    }));
  },
};
