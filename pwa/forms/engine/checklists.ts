/**
 * The functions `checklist` and `weighted-checklist`: how many of many conditions hold.
 */
import type { Call } from "./evaluate.ts";
import type { Functions } from "./functions.ts";
import { parts, toBoolean, toNumber } from "./values.ts";

export const checklistFunctions: Functions = {
  checklist: (call) =>
    isWithin(
      call,
      call.args.flatMap((_, at) => (at < 2 ? [] : ticks(call, at))),
    ),
  "weighted-checklist": (call) => {
    const weights: number[] = [];
    for (let at = 2; at + 1 < call.count; at += 2) {
      const worth = parts(call.value(at + 1));
      ticks(call, at).forEach((tick, which) => {
        weights.push(tick ? toNumber(worth[which] ?? 0, call.scope.world.zone) : 0);
      });
    }
    return isWithin(call, weights);
  },
};

const ticks = (call: Call, at: number): number[] =>
  parts(call.value(at)).map((value) => (toBoolean(value) ? 1 : 0));

/** Whether the sum lies between the first two arguments; a most of -1 means no limit. */
function isWithin(call: Call, weights: readonly number[]): boolean {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const most = call.number(1);
  return sum >= call.number(0) && (most === -1 || sum <= most);
}
