/**
 * Functions on text and on lists of chosen values (space separated). Positions in `substr` and
 * `selected-at` count from 0, in `substring` from 1, as their specifications say.
 */
import { digest } from "./digest.ts";
import type { Call } from "./evaluate.ts";
import type { Run } from "./functions.ts";
import { parts, toText } from "./values.ts";

export const textFunctions: { readonly [name: string]: Run } = {
  string: (call) => call.text(0),
  concat: (call) => strings(call, 0).join(""),
  join: (call) => strings(call, 1).join(call.text(0)),
  coalesce: (call) => {
    const first = call.text(0);
    return first === "" || first === "NaN" ? call.text(1) : first;
  },
  contains: (call) => call.text(0).includes(call.text(1)),
  "starts-with": (call) => call.text(0).startsWith(call.text(1)),
  "ends-with": (call) => call.text(0).endsWith(call.text(1)),
  "string-length": (call) => call.text(0).length,
  "normalize-space": (call) => words(call.text(0)).join(" "),
  "substring-before": (call) => {
    const at = call.text(0).indexOf(call.text(1));
    return at < 0 ? "" : call.text(0).slice(0, at);
  },
  "substring-after": (call) => {
    const [text, mark] = [call.text(0), call.text(1)];
    return text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : "";
  },
  substring,
  substr: (call) => {
    const end = call.count > 2 ? whole(call.number(2)) : undefined;
    return cut(call.text(0), whole(call.number(1)), end);
  },
  translate,
  regex: (call) => patternOf(call.text(1)).test(call.text(0)),
  selected: (call) => words(call.text(0)).includes(call.text(1).trim()),
  "selected-at": (call) => words(call.text(0))[whole(call.number(1))] ?? "",
  "count-selected": (call) => words(call.text(0)).length,
  uuid,
  digest: (call) => digest(call.text(0), call.text(1), call.count > 2 ? call.text(2) : "base64"),
  "base64-decode": (call) => fromBase64(call.text(0)),
};

/** The words of a text as XML parts them: by space, tab and line ends only. */
export const words = (text: string): string[] => text.split(/[ \t\r\n]+/).filter(Boolean);

const whole = (value: number): number => Math.trunc(value) || 0;

const strings = (call: Call, from: number): string[] =>
  call.args.flatMap((_, at) => (at < from ? [] : parts(call.value(at)).map(toText)));

function substring(call: Call): string {
  const start = Math.round(call.number(1));
  const end = call.count > 2 ? start + Math.round(call.number(2)) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(start) || Number.isNaN(end)) return "";
  return cut(call.text(0), Math.max(0, start - 1), Math.max(0, end - 1));
}

/** A part of a text by whole letters: half an emoji is no text and could not be sent. */
const cut = (text: string, start: number, end?: number): string =>
  [...text].slice(start, end).join("");

function translate(call: Call): string {
  const [from, to] = [[...call.text(1)], [...call.text(2)]];
  let text = "";
  for (const letter of call.text(0)) {
    const at = from.indexOf(letter);
    text += at < 0 ? letter : (to[at] ?? "");
  }
  return text;
}

/** Patterns need not match the whole text unless they say so, as in ODK Web Forms. */
const patternOf = (pattern: string): RegExp => new RegExp(pattern);

/** A version 4 UUID, or as many letters and digits as the argument says. */
function uuid(call: Call): string {
  const digit = (kinds: number): number => Math.floor(call.scope.world.random() * kinds);
  if (call.count > 0) {
    const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const size = call.number(0);
    if (!(size >= 0)) throw new Error("uuid needs a length");
    return Array.from({ length: size }, () => letters[digit(letters.length)]).join("");
  }
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (mark) =>
    (mark === "x" ? digit(16) : 8 + digit(4)).toString(16),
  );
}

/** Text of base64, empty when it is none. */
function fromBase64(text: string): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let escaped = "";
  let bits = 0;
  let held = 0;
  for (const letter of text.trim().replace(/=+$/, "")) {
    const value = letters.indexOf(letter);
    if (value < 0) return "";
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      escaped += `%${((bits >> held) & 255).toString(16).padStart(2, "0")}`;
    }
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return "";
  }
}
