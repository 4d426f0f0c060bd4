/**
 * XPath values and how they turn into one another: string, number, boolean, a moment in time, or
 * nodes. Follows XPath 1.0 §3.4 and §4, with OpenRosa's reading of dates: text that looks like a
 * date counts as days since 1970 wherever a number is wanted, the zone's fraction included.
 */
import { DAY, momentText, parseMoment, type Zone } from "./dates.ts";
import type { XNode } from "./tree.ts";

/** A date or time: days as a number, ISO as text. */
export class Moment {
  constructor(
    /** Milliseconds since 1970, NaN for no date. */
    readonly ms: number,
    readonly text: string,
  ) {}
}

export type Value = string | number | boolean | Moment | readonly XNode[];

export const momentAt = (ms: number, zone: Zone): Moment => new Moment(ms, momentText(ms, zone));

export const isNodes = (value: Value): value is readonly XNode[] => Array.isArray(value);

export function toText(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  return value instanceof Moment ? value.text : (value[0]?.text() ?? "");
}

/** A number as XPath writes it: never with an exponent. */
export function numberText(value: number): string {
  const text = String(value === 0 ? 0 : value);
  const power = /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(text);
  if (!power) return text;
  const [, sign, head, tail = "", exponent] = power;
  const digits = `${head}${tail}`;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}

export function toNumber(value: Value, zone: Zone): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Moment) return value.ms / DAY;
  const text = toText(value);
  if (/^\s*-?(\d+\.?\d*|\.\d+)\s*$/.test(text)) return Number(text);
  return text[4] === "-" ? parseMoment(text, zone) / DAY : Number.NaN;
}

export function toBoolean(value: Value): boolean {
  if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
  if (value instanceof Moment) return value.ms !== 0 && !Number.isNaN(value.ms);
  return isNodes(value) ? value.length > 0 : Boolean(value);
}

/** The single values that a value holds: each node by its text, anything else itself. */
export function parts(value: Value): readonly Exclude<Value, readonly XNode[]>[] {
  return isNodes(value) ? value.map((node) => node.text()) : [value];
}

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** XPath 1.0 §3.4: nodes compare when any one of them does. */
export function compare(how: Comparison, left: Value, right: Value, zone: Zone): boolean {
  const isEquality = how === "=" || how === "!=";
  if (isEquality && (typeof left === "boolean" || typeof right === "boolean")) {
    return (toBoolean(left) === toBoolean(right)) === (how === "=");
  }
  for (const a of parts(left)) {
    for (const b of parts(right)) {
      if (isEquality && typeof a === "string" && typeof b === "string") {
        if ((a === b) === (how === "=")) return true;
      } else if (holds(how, toNumber(a, zone), toNumber(b, zone))) return true;
    }
  }
  return false;
}

function holds(how: Comparison, a: number, b: number): boolean {
  switch (how) {
    case "=":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}
