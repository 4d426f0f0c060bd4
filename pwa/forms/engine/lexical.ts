/**
 * Values as text: what a value becomes in a question of a type, and whether a text is a value of
 * the type at all (XML Schema's lexical forms as the ODK XForms specification uses them).
 */
import { momentText, parseMoment, type Zone } from "./dates.ts";
import type { ValueType } from "./definition.ts";

const INT_MOST = 2147483647;
const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[-+](0\d|1[0-4]):[0-5]\d)?$/;

/**
 * A text as the type writes it: a whole number without its fraction, a date without its time.
 * Empty when it is no value of the type, as in ODK Web Forms.
 */
export function normal(text: string, type: ValueType | undefined, zone: Zone): string {
  if (type === "int") {
    const number = DECIMAL.test(text) ? Math.trunc(Number(text)) : Number.NaN;
    return number >= -INT_MOST - 1 && number <= INT_MOST ? String(number || 0) : "";
  }
  if (type === "date" && text.length > 10) {
    const ms = parseMoment(text, zone);
    return Number.isNaN(ms) ? "" : momentText(ms, zone).slice(0, 10);
  }
  return isOfType(text, type, zone) ? text : "";
}

/** Whether a text that is not empty is a value of the type. */
export function isOfType(text: string, type: ValueType | undefined, zone: Zone): boolean {
  switch (type) {
    case "int":
      return /^-?\d+$/.test(text) && normal(text, type, zone) !== "";
    case "decimal":
      return DECIMAL.test(text);
    case "date":
      return text.length === 10 && !Number.isNaN(parseMoment(text, zone));
    case "dateTime":
      return TIME.test(text.slice(11)) && !Number.isNaN(parseMoment(text, zone));
    case "time":
      return TIME.test(text);
    case "geopoint":
      return isPoint(text);
    case "geotrace":
    case "geoshape":
      return text
        .replace(/[\s;]+$/, "")
        .split(/\s*;\s*/)
        .every(isPoint);
  }
  return true;
}

/** "latitude longitude [altitude [accuracy]]", in degrees and metres. */
function isPoint(text: string): boolean {
  const parts = text.split(" ");
  if (parts.length < 2 || parts.length > 4 || !parts.every((part) => DECIMAL.test(part)))
    return false;
  return Math.abs(Number(parts[0])) <= 90 && Math.abs(Number(parts[1])) <= 180;
}
