/**
 * Argon2id (RFC 9106), the one place that knows whose. In JavaScript, not WebAssembly: the content
 * policy of the page forbids compiling, and old phones know no exception to it.
 */
import { argon2id } from "@noble/hashes/argon2.js";

/** KiB of memory and passes over it. */
export interface Cost {
  memory: number;
  passes: number;
}

export interface Task {
  pin: Uint8Array;
  salt: Uint8Array;
  cost: Cost;
}

/** 32 bytes, on one lane. Throws where there is not enough memory. */
export function derive({ pin, salt, cost }: Task): Uint8Array {
  return argon2id(pin, salt, { m: cost.memory, t: cost.passes, p: 1, dkLen: 32, maxmem: 2 ** 28 });
}
