/**
 * Table of expression functions: XPath 1.0 §4 and the OpenRosa set of the ODK XForms
 * specification, with ODK Web Forms' readings. Names and arities are checked at publishing, so a
 * function may count on the arguments that it must have. Families that fill a page of their own
 * are in text-functions.ts, number-functions.ts and node-functions.ts; what few forms call is in
 * rare.ts, which only they need to load.
 */
import { DAY, formatMoment, parseMoment, startOfDay } from "./dates.ts";
import type { Call } from "./evaluate.ts";
import { nodeFunctions } from "./node-functions.ts";
import { numberFunctions } from "./number-functions.ts";
import { textFunctions } from "./text-functions.ts";
import { isNodes, Moment, momentAt, toNumber, toText, type Value } from "./values.ts";

export type Run = (call: Call) => Value;

export interface Functions {
  readonly [name: string]: Run;
}

export const functions: Functions = {
  ...textFunctions,
  ...numberFunctions,
  ...nodeFunctions,

  true: () => true,
  false: () => false,
  not: (call) => !call.boolean(0),
  boolean: (call) => call.boolean(0),
  if: (call) => call.value(call.boolean(0) ? 1 : 2),

  number: (call) => {
    const value = call.value(0);
    if (typeof value !== "string" && !isNodes(value))
      return value instanceof Moment ? value : amount(call, value);
    const ms = parseMoment(toText(value), call.scope.world.zone);
    return Number.isNaN(ms) ? amount(call, value) : new Moment(ms, String(Math.floor(ms / DAY)));
  },
  date,
  "date-time": date,
  today: (call) =>
    momentAt(startOfDay(call.scope.world.now(), call.scope.world.zone), call.scope.world.zone),
  now: (call) => momentAt(call.scope.world.now(), call.scope.world.zone),
  "decimal-date-time": (call) => momentOfValue(call, call.value(0)) / DAY,
  "format-date": format,
  "format-date-time": format,
};

const amount = (call: Call, value: Value): number => toNumber(value, call.scope.world.zone);

function momentOfValue(call: Call, value: Value): number {
  if (value instanceof Moment) return value.ms;
  if (typeof value === "number") return Math.round(value * DAY);
  return typeof value === "boolean"
    ? Number.NaN
    : parseMoment(padded(toText(value)), call.scope.world.zone);
}

/** Months and days are taken without their leading zero. */
const padded = (text: string): string =>
  text.replace(/^(\d{4})-(\d{1,2})-(\d{1,2})(?=T|$)/, (_, year, month, day) =>
    [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-"),
  );

function date(call: Call): Value {
  const value = call.value(0);
  if (typeof value === "boolean" || toText(value) === "") return "";
  return momentAt(momentOfValue(call, value), call.scope.world.zone);
}

function format(call: Call): string {
  const { zone } = call.scope.world;
  const value = call.value(0);
  const ms =
    typeof value === "number"
      ? momentOfValue(call, value)
      : parseMoment(padded(toText(value)), zone);
  return formatMoment(call.text(1), ms, zone);
}
