/**
 * Values as text: what a computed value becomes in a question of a type, and whether a text is a
 * value of the type at all (XML Schema's lexical forms as the ODK XForms specification uses them).
 */
import { parseMoment, type Zone } from "./dates.ts";
import type { ValueType } from "./definition.ts";

/** A computed or preset text as the type writes it; empty when it is no such value. */
export function normal(text: string, type: ValueType | undefined, zone: Zone): string {
  switch (type) {
    case "int": {
      const number = text.trim() === "" ? Number.NaN : Math.trunc(Number(text));
      return Math.abs(number) <= 2147483648 ? String(number) : "";
    }
    case "decimal":
      return text.trim() !== "" && Number.isFinite(Number(text)) ? text : "";
    case "date":
      return Number.isNaN(parseMoment(text, zone)) ? "" : text.slice(0, 10);
    default:
      return text;
  }
}

const SHAPES: { readonly [type in ValueType]?: RegExp } = {
  int: /^[-+]?\d{1,10}$/,
  decimal: /^[-+]?(\d+\.?\d*|\.\d+)$/,
  boolean: /^(true|false|1|0)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[-+]\d\d:\d\d)?$/,
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d/,
};
const POINT = /^-?\d+(\.\d+)? -?\d+(\.\d+)?( -?\d+(\.\d+)?){0,2}$/;

/** Whether a text that is not empty is a value of the type. */
export function isOfType(text: string, type: ValueType | undefined, zone: Zone): boolean {
  if (type === "date" || type === "dateTime") {
    if (Number.isNaN(parseMoment(text, zone))) return false;
  }
  if (type === "int" && Math.abs(Number(text)) > 2147483648) return false;
  if (type === "geopoint") return POINT.test(text);
  if (type === "geotrace" || type === "geoshape") {
    return text
      .replace(/[\s;]+$/, "")
      .split(/\s*;\s*/)
      .every((point) => POINT.test(point));
  }
  return type === undefined || (SHAPES[type]?.test(text) ?? true);
}
