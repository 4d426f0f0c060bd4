/**
 * Dates as people write them, day first, from and to the forms' `YYYY-MM-DD`. Three boxes rather
 * than a picker: a birth date sixty years back is three short numbers, not seven hundred taps.
 */

export type Precision = "day" | "month" | "year";

export interface DateParts {
  day: string;
  month: string;
  year: string;
}

/** `2026-03-15` → its parts as shown, without padding; anything else → empty parts. */
export function partsOf(value: string): DateParts {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!match) return { day: "", month: "", year: "" };
  return { day: String(Number(match[3])), month: String(Number(match[2])), year: match[1] ?? "" };
}

/**
 * Parts as typed → the value, "" when all asked parts are empty, undefined when they name no day of
 * the calendar. Parts that the precision leaves out count as 1, as XLSForm's month-year and year do.
 */
export function dateOf(parts: DateParts, precision: Precision = "day"): string | undefined {
  const asked =
    precision === "day"
      ? [parts.day, parts.month, parts.year]
      : precision === "month"
        ? [parts.month, parts.year]
        : [parts.year];
  if (asked.every((part) => part.trim() === "")) return "";
  if (!asked.every((part) => /^\d{1,4}$/.test(part.trim()))) return undefined;
  const year = Number(parts.year);
  const month = precision === "year" ? 1 : Number(parts.month);
  const day = precision === "day" ? Number(parts.day) : 1;
  if (parts.year.trim().length !== 4 || year < 1000) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day beyond the end of its month has rolled over into another.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1) return undefined;
  return date.toISOString().slice(0, 10);
}

/** The precision an appearance asks for. */
export function precisionOf(appearance: readonly string[] | undefined): Precision {
  if (appearance?.includes("year")) return "year";
  return appearance?.includes("month-year") ? "month" : "day";
}

/** `2026-03-15` → `15/03/2026`, `03/2026` or `2026`; text that is no date comes back unchanged. */
export function shownDate(value: string, precision: Precision = "day"): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  if (!match) return value;
  const [, year, month, day] = match;
  return precision === "year"
    ? `${year}`
    : precision === "month"
      ? `${month}/${year}`
      : `${day}/${month}/${year}`;
}
