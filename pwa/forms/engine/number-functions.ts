/**
 * Functions on numbers that forms use every day; the rest of OpenRosa's mathematics is in rare.ts. Nodes count one by one in `sum`,
 * `min` and `max`; a single part that is no number makes the whole NaN.
 */
import type { Call } from "./evaluate.ts";
import type { Functions, Run } from "./functions.ts";
import { parts, toNumber } from "./values.ts";

/** A function of one number. */
export const plain =
  (run: (value: number) => number): Run =>
  (call) =>
    run(call.number(0));

export const numberFunctions: Functions = {
  abs: plain(Math.abs),
  ceiling: plain(Math.ceil),
  floor: plain(Math.floor),
  int: (call) => {
    const text = call.text(0);
    // Tiny numbers may come written with an exponent, which plain numbers may not have.
    return /e-\d+$/.test(text) ? Math.trunc(Number(text)) : Math.trunc(call.number(0));
  },
  max: (call) => extreme(call, Math.max),
  min: (call) => extreme(call, Math.min),
  round,
  sum: (call) => {
    call.nodes(0);
    return numbers(call).reduce((total, value) => total + value, 0);
  },
};

const numbers = (call: Call): number[] =>
  call.args.flatMap((_, at) =>
    parts(call.value(at)).map((part) => toNumber(part, call.scope.world.zone)),
  );

function extreme(call: Call, pick: (...values: number[]) => number): number {
  const values = numbers(call);
  return values.length ? pick(...values) : Number.NaN;
}

/**
 * Halves go away from zero (-1.5 becomes -2), as in ODK Web Forms and unlike plain XPath; the
 * second argument says how many decimals stay.
 */
function round(call: Call): number {
  const value = call.number(0);
  if (!Number.isFinite(value)) return value;
  const places = call.count > 1 ? Math.trunc(call.number(1)) : 0;
  const [digits, power = "0"] = String(Math.abs(value)).split("e") as [string, string?];
  // Shifting in text spares 1.005 its binary tail.
  const shifted = Math.round(Number(`${digits}e${Number(power) + places}`));
  const [whole, rest = "0"] = String(shifted).split("e") as [string, string?];
  return Math.sign(value) * Number(`${whole}e${Number(rest) - places}`);
}
