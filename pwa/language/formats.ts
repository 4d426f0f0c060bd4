/**
 * Times and sizes as people in Vietnam read them: 14:05, 22/11/2026, 240 KB. Clock and zone are
 * those of the phone; nothing here asks for `Intl` data that old phones lack.
 */
import type { Words } from "./messages.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** `2026-11-22` or an ISO time or milliseconds → `22/11/2026`; what is no date → "". */
export function shortDate(when: string | number): string {
  if (typeof when === "string") {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(when);
    if (match) return `${match[3]}/${match[2]}/${match[1]}`;
  }
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return "";
  return `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
}

/** Hours and minutes of the day, 24 hours. */
export function clockTime(when: string | number): string {
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? "" : `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment in the fewest words: the time today or yesterday, else time and date. */
export function moment(when: string | number, words: Words, now: number = Date.now()): string {
  const day = shortDate(when);
  if (day === "") return "";
  const time = clockTime(when);
  if (day === shortDate(now)) return words.formats.today(time);
  if (day === shortDate(now - 86_400_000)) return words.formats.yesterday(time);
  return `${time}, ${day}`;
}

/** Bytes → `0 KB`, `240 KB`, `1,4 MB`; never less than 1 KB when there is anything. */
export function size(bytes: number): string {
  if (bytes <= 0) return "0 KB";
  const kilobytes = Math.max(1, Math.round(bytes / 1024));
  if (kilobytes < 1000) return `${kilobytes} KB`;
  const megabytes = bytes / 1024 / 1024;
  if (megabytes < 1000) return `${megabytes.toFixed(1).replace(".", ",")} MB`;
  return `${(megabytes / 1024).toFixed(1).replace(".", ",")} GB`;
}
