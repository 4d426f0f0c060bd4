/**
 * Functions on text that few forms call. Positions in `substring` count from 1 (XPath 1.0 §4.2).
 */
import type { Call } from "./evaluate.ts";
import type { Functions } from "./functions.ts";
import { cut } from "./text-functions.ts";

export const rareTextFunctions: Functions = {
  "ends-with": (call) => call.text(0).endsWith(call.text(1)),
  substring,
  "substring-before": (call) => {
    const at = call.text(0).indexOf(call.text(1));
    return at < 0 ? "" : call.text(0).slice(0, at);
  },
  "substring-after": (call) => {
    const [text, mark] = [call.text(0), call.text(1)];
    return text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : "";
  },
  translate,
  "base64-decode": (call) => fromBase64(call.text(0)),
};

function substring(call: Call): string {
  const start = Math.round(call.number(1));
  const end = call.count > 2 ? start + Math.round(call.number(2)) : Number.POSITIVE_INFINITY;
  if (Number.isNaN(start) || Number.isNaN(end)) return "";
  return cut(call.text(0), Math.max(0, start - 1), Math.max(0, end - 1));
}

function translate(call: Call): string {
  const [from, to] = [[...call.text(1)], [...call.text(2)]];
  let text = "";
  for (const letter of call.text(0)) {
    const at = from.indexOf(letter);
    text += at < 0 ? letter : (to[at] ?? "");
  }
  return text;
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
