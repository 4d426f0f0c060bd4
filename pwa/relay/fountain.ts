/**
 * A message as any number of frames, of which nearly any will do: a random linear fountain code over
 * single bits. The first frames are the blocks of the message themselves; each later one is the sum
 * (exclusive or) of about half of them, chosen by its number. Whoever has seen as many frames as there
 * are blocks, and one or two more, has the message, whichever were missed and in whatever order they
 * came. Pure.
 */
import type { Bytes } from "../store/bytes.ts";

/** Bytes of a block: a code of this much is still read from a cheap screen by a cheap camera. */
export const BLOCK = 240;

export function blocksIn(length: number): number {
  return Math.max(1, Math.ceil(length / BLOCK));
}

/** Which blocks a frame sums, one entry a block. */
export function chosen(frame: number, count: number): Uint8Array {
  const mask = new Uint8Array(count);
  if (frame < count) {
    mask[frame] = 1;
    return mask;
  }
  // xorshift32 of the frame's number: both phones draw the same.
  let state = Math.imul(frame + 1, 0x9e3779b1) | 1;
  for (let at = 0; at < count; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    mask[at] = (state >>> 16) & 1;
  }
  // Nothing chosen would say nothing.
  if (!mask.includes(1)) mask[frame % count] = 1;
  return mask;
}

/** The bytes of a frame. */
export function frameOf(message: Bytes, frame: number): Bytes {
  const mask = chosen(frame, blocksIn(message.length));
  const sum = new Uint8Array(BLOCK);
  for (const [at, isIn] of mask.entries()) {
    if (isIn) add(sum, message.subarray(at * BLOCK, (at + 1) * BLOCK));
  }
  return sum;
}

function add(sum: Uint8Array, other: Uint8Array): void {
  for (let at = 0; at < other.length; at++) sum[at] = (sum[at] ?? 0) ^ (other[at] ?? 0);
}

/** Collects frames until the message stands. */
export class Collector {
  /** By its first block: a sum of blocks in which no earlier block has a part. */
  private readonly sums = new Map<number, { mask: Uint8Array; data: Bytes }>();
  readonly count: number;

  constructor(private readonly length: number) {
    this.count = blocksIn(length);
  }

  /** How many of the frames so far told something new; the message stands at `count`. */
  get known(): number {
    return this.sums.size;
  }

  take(frame: number, bytes: Bytes): void {
    const mask = chosen(frame, this.count);
    const data = bytes.slice();
    for (let at = 0; at < this.count; at++) {
      if (!mask[at]) continue;
      const before = this.sums.get(at);
      if (!before) {
        this.sums.set(at, { mask, data });
        return;
      }
      add(mask, before.mask);
      add(data, before.data);
    }
  }

  /** The message; null while frames are missing. */
  message(): Bytes | null {
    if (this.known < this.count) return null;
    const whole = new Uint8Array(this.count * BLOCK);
    // From the last block back: what a sum still holds besides its first block is known by then.
    for (let first = this.count - 1; first >= 0; first--) {
      const { mask, data } = this.sums.get(first) ?? { mask: new Uint8Array(0), data: whole };
      const block = data.slice(0, BLOCK);
      for (let at = first + 1; at < this.count; at++) {
        if (mask[at]) add(block, whole.subarray(at * BLOCK, (at + 1) * BLOCK));
      }
      whole.set(block, first * BLOCK);
    }
    return whole.slice(0, this.length);
  }
}
