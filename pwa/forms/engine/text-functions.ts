/**
 * Functions on text and on lists of chosen values (space separated) that forms use every day.
 * Positions in `substr` and `selected-at` count from 0, as their specification says.
 */
import type { Call } from "./evaluate.ts";
import type { Functions } from "./functions.ts";
import { parts, toText } from "./values.ts";

export const textFunctions: Functions = {
  string: (call) => call.text(0),
  concat: (call) => strings(call, 0).join(""),
  join: (call) => strings(call, 1).join(call.text(0)),
  coalesce: (call) => {
    const first = call.text(0);
    return first === "" || first === "NaN" ? call.text(1) : first;
  },
  contains: (call) => call.text(0).includes(call.text(1)),
  "starts-with": (call) => call.text(0).startsWith(call.text(1)),
  "string-length": (call) => call.text(0).length,
  "normalize-space": (call) => words(call.text(0)).join(" "),
  substr: (call) => {
    const end = call.count > 2 ? whole(call.number(2)) : undefined;
    return cut(call.text(0), whole(call.number(1)), end);
  },
  regex: (call) => patternOf(call.text(1)).test(call.text(0)),
  selected: (call) => words(call.text(0)).includes(call.text(1).trim()),
  "selected-at": (call) => words(call.text(0))[whole(call.number(1))] ?? "",
  "count-selected": (call) => words(call.text(0)).length,
  uuid,
};

/** The words of a text as XML parts them: by space, tab and line ends only. */
export const words = (text: string): string[] => text.split(/[ \t\r\n]+/).filter(Boolean);

const whole = (value: number): number => Math.trunc(value) || 0;

const strings = (call: Call, from: number): string[] =>
  call.args.flatMap((_, at) => (at < from ? [] : parts(call.value(at)).map(toText)));

/** A part of a text by whole letters: half an emoji is no text and could not be sent. */
export const cut = (text: string, start: number, end?: number): string =>
  [...text].slice(start, end).join("");

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
