/**
 * What may be a PIN, and how long to wait after wrong ones. Pure. Only the digits 0 to 9 count: what
 * another keyboard writes as a digit would be a different PIN on the next one.
 */

/** Codes of why a PIN is not taken; language/ has a sentence for each. */
export type PinFault =
  | "pin-empty"
  | "pin-short"
  | "pin-long"
  | "pin-letters"
  | "pin-other-digits"
  | "pin-simple";

export const SHORTEST = 6;
export const LONGEST = 32;

/** Why this is not even the form of a PIN; null when it is. */
export function pinFault(pin: string): PinFault | null {
  if (pin === "") return "pin-empty";
  if (!/^[0-9]*$/.test(pin)) {
    return /^\p{Nd}*$/u.test(pin) ? "pin-other-digits" : "pin-letters";
  }
  if (pin.length < SHORTEST) return "pin-short";
  return pin.length > LONGEST ? "pin-long" : null;
}

/** Why this should not become a PIN: also when it is one of the first that anybody tries. */
export function newPinFault(pin: string): PinFault | null {
  return pinFault(pin) ?? (isSimple(pin) ? "pin-simple" : null);
}

/** One digit over and over, a short piece repeated, or digits in a row. */
function isSimple(pin: string): boolean {
  if (/^(\d{1,3})\1+$/.test(pin)) return true;
  const steps = new Set(
    Array.from(pin.slice(1), (digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10),
  );
  return steps.size === 1;
}

/** Wrong tries before there is any waiting. */
export const FREE_TRIES = 3;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 60 * 60_000;

/** Milliseconds to wait after so many wrong tries: 30 s, doubling, an hour at most. */
export function waitAfter(wrong: number): number {
  if (wrong < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(wrong - FREE_TRIES, 20));
}
