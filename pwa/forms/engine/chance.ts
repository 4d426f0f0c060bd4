/**
 * Shuffling as the ODK family does it, so that a seed gives the same order on every client: the
 * Park–Miller generator and an inside-out Fisher–Yates shuffle.
 */

import type { Zone } from "./dates.ts";
import { digestWords } from "./digest.ts";
import { toNumber, toText, type Value } from "./values.ts";

const MODULUS = 2147483647;

/** A source of numbers from 0 up to 1 that starts from a seed. */
export function seedOf(value: Value, zone: Zone): () => number {
  const number = toNumber(value, zone);
  const text = toText(value);
  // As a Java double cast to long: fractions dropped, infinities at the ends of the range.
  const seed = !Number.isNaN(number)
    ? wholeSeed(number)
    : text === ""
      ? BigInt(0)
      : BigInt.asIntN(64, digestWords(text));
  let state = Number(seed % BigInt(MODULUS));
  if (state <= 0) state += MODULUS - 1;
  return () => {
    state = (state * 16807) % MODULUS;
    return (state - 1) / (MODULUS - 1);
  };
}

function wholeSeed(number: number): bigint {
  if (Number.isFinite(number)) return BigInt(Math.trunc(number));
  const end = BigInt("9223372036854775807");
  return number > 0 ? end : -end - BigInt(1);
}

export function shuffle<T>(values: readonly T[], random: () => number): T[] {
  const mixed: T[] = [];
  values.forEach((value, at) => {
    const place = Math.floor(random() * (at + 1));
    if (place !== at) mixed[at] = mixed[place] as T;
    mixed[place] = value;
  });
  return mixed;
}
