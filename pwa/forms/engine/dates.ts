/**
 * Dates in expressions. A moment is milliseconds since 1970 in UTC; a zone turns it into the wall
 * clock that people write. Nothing here reads the clock or the zone of the phone: both are given.
 * Forms and lexical values follow the ODK XForms specification (date, dateTime, format-date).
 */

export const DAY = 86400000;

/** Minutes that the wall clock is ahead of UTC at a moment (ms). */
export type Zone = (moment: number) => number;

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(\.\d+)?)?)?(Z|[-+](?:0\d|1[0-4]):[0-5]\d)?)?$/;
/** Vietnam's clock has stood at +07:00 since 13 June 1975; only older dates need the tables. */
const VIETNAM_SINCE = Date.UTC(1975, 5, 13);
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/**
 * The zone of a name such as `Asia/Ho_Chi_Minh`, of a fixed offset such as `+07:00`, or of the
 * machine when no name is given.
 */
export function zoneOf(name?: string): Zone {
  if (!name) return (moment) => -new Date(moment).getTimezoneOffset();
  if (/^[-+]\d\d:\d\d$/.test(name)) return always(offsetMinutes(name));
  if (name === "UTC" || name === "GMT") return always(0);
  let zone: Zone | undefined;
  const slow: Zone = (moment) => {
    zone ??= namedZone(name);
    return zone(moment);
  };
  return name === "Asia/Ho_Chi_Minh" ? (at) => (at < VIETNAM_SINCE ? slow(at) : 420) : slow;
}

/** By the platform's zone tables, which a weak phone takes tens of milliseconds to open. */
function namedZone(name: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    era: "short",
  });
  return (moment) => {
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(moment)) part[type] = value;
    const year = Number(part.year);
    const wall = utc(
      part.era === "BC" ? 1 - year : year,
      Number(part.month),
      Number(part.day),
      // Old engines write midnight as 24.
      Number(part.hour) % 24,
      Number(part.minute),
      Number(part.second),
    );
    return Math.round((wall - Math.floor(moment / 1000) * 1000) / 60000);
  };
}

const always = (minutes: number) => (): number => minutes;

function offsetMinutes(text: string): number {
  const size = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return text[0] === "-" ? -size : size;
}

/** Like Date.UTC with months from 1, and years below 100 taken as written. */
function utc(year: number, month: number, day: number, h = 0, m = 0, s = 0, ms = 0): number {
  const date = new Date(Date.UTC(2000, month - 1, day, h, m, s, ms));
  // 2000 is a leap year: 29 February survives until the true year is known.
  if (month === 2 && day === 29 && !isLeap(year)) return Number.NaN;
  return date.setUTCFullYear(year);
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The moment of a wall clock reading given as ms as if it were UTC. */
export function momentOf(wall: number, zone: Zone): number {
  const guess = wall - zone(wall) * 60000;
  return wall - zone(guess) * 60000;
}

/** The moment that an ISO date or date and time names, NaN when it names none. */
export function parseMoment(text: string, zone: Zone): number {
  const part = SHAPE.exec(text);
  if (!part) return Number.NaN;
  const [year, month, day, h, m, s] = part.slice(1, 7).map((digits) => Number(digits ?? 0));
  const lengthOfMonth =
    [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(month as number) - 1] ?? 0;
  if (
    !day ||
    day > lengthOfMonth ||
    (h as number) > 23 ||
    (m as number) > 59 ||
    (s as number) > 59
  ) {
    return Number.NaN;
  }
  const ms = Math.floor(Number(part[7] ?? 0) * 1000);
  const wall = utc(year as number, month as number, day, h, m, s, ms);
  if (!part[8]) return momentOf(wall, zone);
  return part[8] === "Z" ? wall : wall - offsetMinutes(part[8]) * 60000;
}

const pad = (value: number, size = 2): string => String(value).padStart(size, "0");

/** The years 1 to 9999, as the server's calendar has them. */
const FIRST = -62135596800000;
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Date and time with offset, or the date alone at midnight. */
export function momentText(moment: number, zone: Zone): string {
  if (!(moment >= FIRST && moment <= LAST)) return "Invalid Date";
  const offset = zone(moment);
  const [date, time] = new Date(moment + offset * 60000).toISOString().split("T") as [
    string,
    string,
  ];
  if (time === "00:00:00.000Z") return date;
  const size = Math.abs(offset);
  const sign = offset < 0 ? "-" : "+";
  return `${date}T${time.slice(0, 12)}${sign}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** Midnight of the day that holds the moment. */
export function startOfDay(moment: number, zone: Zone): number {
  const wall = moment + zone(moment) * 60000;
  return momentOf(Math.floor(wall / DAY) * DAY, zone);
}

/** A moment by a pattern of %Y %y %m %n %b %d %e %a and %H %h %M %S %3; empty for no moment. */
export function formatMoment(pattern: string, moment: number, zone: Zone): string {
  if (Number.isNaN(moment)) return "";
  const wall = new Date(moment + zone(moment) * 60000);
  const year = pad(wall.getUTCFullYear(), 4);
  const month = wall.getUTCMonth();
  const day = wall.getUTCDate();
  const hour = wall.getUTCHours();
  const words: { readonly [letter: string]: string | number | undefined } = {
    Y: year,
    y: year.slice(2),
    m: pad(month + 1),
    n: month + 1,
    b: MONTHS[month],
    d: pad(day),
    e: day,
    a: WEEKDAYS[wall.getUTCDay()],
    H: pad(hour),
    h: hour,
    M: pad(wall.getUTCMinutes()),
    S: pad(wall.getUTCSeconds()),
    "3": pad(wall.getUTCMilliseconds(), 3),
  };
  return pattern.replace(/%(.)/g, (whole, letter: string) => String(words[letter] ?? whole));
}
