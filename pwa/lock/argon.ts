/**
 * Argon2id (RFC 9106), the one place that knows whose. As machine code (WebAssembly) where the browser
 * lets the worker compile it, which is some four times faster and so makes a guess as much dearer for
 * the same wait; else in JavaScript, to the same result: browsers before Chrome 97 know no way to allow
 * the one without allowing every script to make others.
 */
import { argon2id as inJavaScript } from "@noble/hashes/argon2.js";
import { argon2id as compiled } from "hash-wasm";

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

const LENGTH = 32;

/** 32 bytes, on one lane. Rejects where there is not enough memory. */
export async function derive(task: Task): Promise<Uint8Array> {
  try {
    return await byMachineCode(task);
  } catch {
    return byScript(task);
  }
}

export function byMachineCode({ pin, salt, cost }: Task): Promise<Uint8Array> {
  return compiled({
    ...{ password: pin, salt, memorySize: cost.memory, iterations: cost.passes },
    ...{ parallelism: 1, hashLength: LENGTH, outputType: "binary" },
  });
}

export function byScript({ pin, salt, cost }: Task): Uint8Array {
  const { memory: m, passes: t } = cost;
  return inJavaScript(pin, salt, { m, t, p: 1, dkLen: LENGTH, maxmem: 2 ** 28 });
}
