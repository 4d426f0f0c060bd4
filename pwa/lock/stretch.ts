/** A PIN made dear to guess, by a worker, and how dear this phone can make it. */
import type { Cost, Task } from "./argon.ts";

/** Address of the worker's script, written in by the build. */
declare const HOSO_STRETCHER: string;

/** The least that is ever used (OWASP, 2024: 19 MiB, two passes). */
export const LEAST: Cost = { memory: 19 * 1024, passes: 2 };

/** From the dearest down; the last is used whatever it takes. */
const COSTS: Cost[] = [
  { memory: 64 * 1024, passes: 3 },
  { memory: 64 * 1024, passes: 1 },
  { memory: 32 * 1024, passes: 2 },
  LEAST,
];
const PROBE: Cost = { memory: 4 * 1024, passes: 1 };
/** A second of waiting is what a person bears each time. */
const PATIENCE = 1_000;

/** 32 bytes. Rejects when the phone has not enough memory. */
export async function stretch(
  pin: Uint8Array,
  salt: Uint8Array,
  cost: Cost,
): Promise<Uint8Array<ArrayBuffer>> {
  const [stretched] = await inTurn([{ pin, salt, cost }]);
  return (stretched as Stretched).key;
}

interface Stretched {
  key: Uint8Array<ArrayBuffer>;
  /** Milliseconds it took. */
  took: number;
}

/** One task after the other, by one worker that ends with the last. */
async function inTurn(tasks: Task[]): Promise<Stretched[]> {
  const worker = new Worker(HOSO_STRETCHER);
  const done: Stretched[] = [];
  try {
    for (const task of tasks) {
      const began = performance.now();
      const key = await new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer> | string>) =>
          typeof data === "string" ? reject(new Error(data)) : resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message || "the worker did not start"));
        worker.postMessage(task);
      });
      done.push({ key, took: performance.now() - began });
    }
  } finally {
    worker.terminate();
  }
  return done;
}

/** The dearest cost that this phone pays in about a second, measured now. */
export async function measuredCost(): Promise<Cost> {
  const nothing = new Uint8Array(16);
  const probe = { pin: nothing, salt: nothing, cost: PROBE };
  // The first run compiles the code: only the last tells.
  const [, , last] = await inTurn([probe, probe, probe]);
  return affordable((last as Stretched).took / (PROBE.memory * PROBE.passes));
}

/** @param pace milliseconds for each KiB of each pass */
export function affordable(pace: number): Cost {
  return COSTS.find(({ memory, passes }) => memory * passes * pace <= PATIENCE) ?? LEAST;
}
