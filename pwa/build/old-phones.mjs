// Names that Chrome 80 does not have and esbuild does not lower. The compiler's `lib` keeps them out
// of our own code; this keeps them out of what the bundle takes from packages. Guarded uses (a
// feature test right before) are listed with the reason.
const SCRIPT = [
  [/\.replaceAll\(/, "String.replaceAll (85)"],
  [/\.at\(-?\d/, "Array.at (92)"],
  [/\bPromise\.any\(/, "Promise.any (85)"],
  [/\bObject\.hasOwn\(/, "Object.hasOwn (93)"],
  [/\.findLast(Index)?\(/, "Array.findLast (97)"],
  [/\bstructuredClone\(/, "structuredClone (98)"],
  [/\brandomUUID\(/, "crypto.randomUUID (92)"],
  [/\bnew (WeakRef|FinalizationRegistry)\(/, "WeakRef (84)"],
  [/\bAbortSignal\.(timeout|any)\(/, "AbortSignal.timeout (124), any (116)"],
  [/\.(toSorted|toReversed|toSpliced)\(/, "Array.toSorted (110)"],
  [/\b(Object|Map)\.groupBy\(/, "Object.groupBy (117)"],
  [/\bPromise\.withResolvers\(/, "Promise.withResolvers (119)"],
  [/\bIntl\.Segmenter\b/, "Intl.Segmenter (87)"],
];
// One unknown selector drops its whole rule; unknown units and functions drop the declaration.
const STYLE = [
  [/:(is|where)\(/, ":is and :where (88)"],
  [/:has\(/, ":has (105)"],
  [/@layer\b/, "@layer (99)"],
  [/@container\b/, "@container (105)"],
  [/\d(dvh|svh|lvh)\b/, "dvh (108)"],
  [/\bcolor-mix\(/, "color-mix (111)"],
  [/(^|[;{])inset:/, "inset (87)"],
];

/**
 * @param {import("./output.mjs").Output} output
 * @returns {string[]} one sentence for each name found
 */
export function tooNew(output) {
  const faults = [];
  for (const path of output.paths()) {
    // The desk runs on office computers.
    if (path.startsWith("desk/")) continue;
    const rules = path.endsWith(".js") ? SCRIPT : path.endsWith(".css") ? STYLE : [];
    const text = rules.length > 0 ? output.files.get(path).toString() : "";
    for (const [pattern, name] of rules) {
      const found = pattern.exec(text);
      if (found) {
        const around = text.slice(Math.max(0, found.index - 40), found.index + 40);
        faults.push(`${path} uses ${name}, which Chrome 80 lacks: …${around}…`);
      }
    }
  }
  return faults;
}
