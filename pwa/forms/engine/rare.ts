/**
 * What few forms call: places, digests, trigonometry, chance, checklists and XPath's less used
 * functions. A module of its own, so that a phone loads it only for a form that `needsRare`; such
 * a form is opened with `rare`.
 */
import { type Axes, axes } from "./axes.ts";
import { seedOf, shuffle } from "./chance.ts";
import { checklistFunctions } from "./checklists.ts";
import { DAY, parseMoment, type Zone } from "./dates.ts";
import { digest } from "./digest.ts";
import type { Call } from "./evaluate.ts";
import type { Functions } from "./functions.ts";
import { geoFunctions } from "./geo.ts";
import { indexedRepeat } from "./indexed-repeat.ts";
import { plain } from "./number-functions.ts";
import { rareTextFunctions } from "./rare-text.ts";
import { toText, type Value } from "./values.ts";

export interface Rare {
  readonly functions: Functions;
  /** XPath's axes beyond child, self, parent and attribute: the nodes along each, nearest first. */
  readonly axes: Axes;
  /** The values in an order that the seed decides. */
  shuffled<T>(values: readonly T[], seed: Value, zone: Zone): T[];
}

/** The part of a day (0 to 1) that a time such as `06:30:00.000+07:00` names, else NaN. */
export function dayPart(time: string, zone: Zone): number {
  if (!/^\d\d:\d\d/.test(time)) return Number.NaN;
  // Any day will do on which the zone keeps the time it keeps today.
  const moment = parseMoment(`2000-01-01T${time}`, zone);
  const wall = moment + zone(moment) * 60000;
  return (((wall % DAY) + DAY) % DAY) / DAY;
}

const nameOf = (call: Call): string => call.nodes(0)[0]?.name ?? "";

const functions: Functions = {
  ...checklistFunctions,
  ...geoFunctions,
  ...rareTextFunctions,

  acos: plain(Math.acos),
  asin: plain(Math.asin),
  atan: plain(Math.atan),
  atan2: (call) => Math.atan2(call.number(0), call.number(1)),
  cos: plain(Math.cos),
  exp: plain(Math.exp),
  exp10: plain((value) => 10 ** value),
  log: plain(Math.log),
  log10: plain(Math.log10),
  pi: () => Math.PI,
  pow: (call) => call.number(0) ** call.number(1),
  random: (call) => call.scope.world.random(),
  sin: plain(Math.sin),
  sqrt: plain(Math.sqrt),
  tan: plain(Math.tan),

  "boolean-from-string": (call) => /^(1|true)$/.test(call.text(0)),
  "decimal-time": (call) => dayPart(call.text(0), call.scope.world.zone),
  digest: (call) => digest(call.text(0), call.text(1), call.count > 2 ? call.text(2) : "base64"),

  name: nameOf,
  "local-name": (call) => nameOf(call).replace(/^.*:/, ""),
  "namespace-uri": (call) => call.nodes(0)[0]?.uri ?? "",
  "indexed-repeat": indexedRepeat,
  pulldata: (call) =>
    toText(call.scope.world.lookup(call.text(0), call.text(2), call.text(3), call.text(1))),
  randomize: (call) =>
    shuffle(
      call.nodes(0),
      call.count > 1 ? seedOf(call.value(1), call.scope.world.zone) : call.scope.world.random,
    ),
};

export const rare: Rare = {
  functions,
  axes,
  shuffled: (values, seed, zone) => shuffle(values, seedOf(seed, zone)),
};
