/**
 * The `digest` function: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4) of text, without waiting,
 * since expressions cannot wait for the browser's own. Built to be small, not fast: round
 * constants are computed, and both widths of SHA-2 share one body on BigInt.
 */

const ONE = BigInt(1);
const mask = (bits: number): bigint => (ONE << BigInt(bits)) - ONE;

export function digest(text: string, algorithm: string, encoding: string): string {
  const bytes = hash(utf8(text), algorithm);
  if (encoding === "hex") return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (encoding !== "base64") throw new Error(`no digest encoding ${encoding}`);
  return base64(bytes);
}

/** The first 64 bits of the SHA-256 of a text. */
export function digestWords(text: string): bigint {
  return hash(utf8(text), "SHA-256")
    .slice(0, 8)
    .reduce((sum, byte) => (sum << BigInt(8)) | BigInt(byte), BigInt(0));
}

function hash(message: readonly number[], algorithm: string): number[] {
  switch (algorithm) {
    case "MD5":
      return md5(message);
    case "SHA-1":
      return sha1(message);
    case "SHA-256":
      return sha2(message, 32, 0, 32);
    case "SHA-384":
      return sha2(message, 64, 8, 48);
    case "SHA-512":
      return sha2(message, 64, 0, 64);
  }
  throw new Error(`no digest algorithm ${algorithm}`);
}

const utf8 = (text: string): number[] =>
  (encodeURIComponent(text).match(/%..|./g) ?? []).map((unit) =>
    unit.length > 1 ? Number.parseInt(unit.slice(1), 16) : unit.charCodeAt(0),
  );

function base64(bytes: readonly number[]): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const word = (a << 16) | (b << 8) | c;
    for (let shift = 18; shift >= 0; shift -= 6) text += letters[(word >> shift) & 63];
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + "=".repeat(missing);
}

/** The message with its end mark and length, in blocks of `size` bytes. */
function blocks(message: readonly number[], size: number, isLittleEndian: boolean): number[][] {
  const padded = [...message, 0x80];
  // The length field is an eighth of a block; its upper half is never needed.
  while (padded.length % size !== size - size / 8) padded.push(0);
  while (padded.length % 64 !== 56) padded.push(0);
  const bits = message.length * 8;
  const length = Array.from({ length: 8 }, (_, at) => Math.floor(bits / 256 ** (7 - at)) & 255);
  padded.push(...(isLittleEndian ? length.reverse() : length));
  return Array.from({ length: padded.length / size }, (_, at) =>
    padded.slice(at * size, (at + 1) * size),
  );
}

const roll = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function md5(message: readonly number[]): number[] {
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
  const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
  for (const block of blocks(message, 64, true)) {
    let [a, b, c, d] = state as [number, number, number, number];
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][
        round
      ] as number;
      const word = ([1, 5, 3, 7][round] as number) * step + ([0, 1, 5, 0][round] as number);
      const at = (word % 16) * 4;
      const piece = [3, 2, 1, 0].reduce(
        (sum, byte) => (sum << 8) | (block[at + byte] as number),
        0,
      );
      const constant = Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32);
      const sum = (a + mixed + piece + constant) | 0;
      [a, d, c, b] = [d, c, b, (b + roll(sum, turns[round * 4 + (step % 4)] as number)) | 0];
    }
    state = [a, b, c, d].map((word, at) => (word + (state[at] as number)) | 0);
  }
  return state.flatMap((word) => [
    word & 255,
    (word >>> 8) & 255,
    (word >>> 16) & 255,
    word >>> 24,
  ]);
}

function sha1(message: readonly number[]): number[] {
  let state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (const block of blocks(message, 64, false)) {
    const words: number[] = [];
    for (let at = 0; at < 64; at += 4) {
      words.push(block.slice(at, at + 4).reduce((sum, byte) => (sum << 8) | byte, 0));
    }
    let [a, b, c, d, e] = state as [number, number, number, number, number];
    for (let step = 0; step < 80; step++) {
      const back = (by: number): number => words[step - by] as number;
      if (step > 15) words.push(roll(back(3) ^ back(8) ^ back(14) ^ back(16), 1));
      const part = Math.floor(step / 20);
      const mixed = [(b & c) | (~b & d), b ^ c ^ d, (b & c) | (b & d) | (c & d), b ^ c ^ d][
        part
      ] as number;
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][part] as number;
      const sum = (roll(a, 5) + mixed + e + constant + (words[step] as number)) | 0;
      [a, b, c, d, e] = [sum, a, roll(b, 30), c, d];
    }
    state = [a, b, c, d, e].map((word, at) => (word + (state[at] as number)) | 0);
  }
  return state.flatMap((word) => [
    word >>> 24,
    (word >>> 16) & 255,
    (word >>> 8) & 255,
    word & 255,
  ]);
}

/** First 64 bits after the point of a prime's square (2) or cube (3) root, as FIPS 180-4 §4.2 wants. */
function rootBits(prime: number, power: 2 | 3): bigint {
  const target = BigInt(prime) << BigInt(64 * power);
  let root = BigInt(0);
  for (let bit = 70; bit >= 0; bit--) {
    const more = root | (ONE << BigInt(bit));
    if (more ** BigInt(power) <= target) root = more;
  }
  return root & mask(64);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime)) found.push(n);
  return found;
}

function sha2(message: readonly number[], width: 32 | 64, first: number, length: number): number[] {
  const bits = BigInt(width);
  const all = mask(width);
  const top = (word: bigint): bigint => word >> (BigInt(64) - bits);
  const turn = (word: bigint, by: number): bigint =>
    (word >> BigInt(by)) | (word << (bits - BigInt(by)));
  const [s0, s1, e0, e1] =
    width === 32
      ? [
          [7, 18, 3],
          [17, 19, 10],
          [2, 13, 22],
          [6, 11, 25],
        ]
      : [
          [1, 8, 7],
          [19, 61, 6],
          [28, 34, 39],
          [14, 18, 41],
        ];
  const small = (word: bigint, [a, b, c]: number[]): bigint =>
    (turn(word, a as number) ^ turn(word, b as number) ^ (word >> BigInt(c as number))) & all;
  const big = (word: bigint, [a, b, c]: number[]): bigint =>
    (turn(word, a as number) ^ turn(word, b as number) ^ turn(word, c as number)) & all;
  const rounds = width === 32 ? 64 : 80;
  const constants = primes(rounds).map((prime) => top(rootBits(prime, 3)));
  let state = primes(first + 8)
    .slice(first)
    .map((prime) => top(rootBits(prime, 2)));
  const size = width / 8;
  for (const block of blocks(message, size * 16, false)) {
    const words: bigint[] = [];
    for (let at = 0; at < block.length; at += size) {
      words.push(
        BigInt(
          `0x${block
            .slice(at, at + size)
            .map((byte) => byte.toString(16).padStart(2, "0"))
            .join("")}`,
        ),
      );
    }
    let [a, b, c, d, e, f, g, h] = state as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    for (let step = 0; step < rounds; step++) {
      const back = (by: number): bigint => words[step - by] as bigint;
      if (step > 15)
        words.push(
          (small(back(2), s1 as number[]) + back(7) + small(back(15), s0 as number[]) + back(16)) &
            all,
        );
      const one =
        h +
        big(e, e1 as number[]) +
        ((e & f) ^ (~e & g)) +
        (constants[step] as bigint) +
        (words[step] as bigint);
      const two = big(a, e0 as number[]) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(one + two) & all, a, b, c, (d + one) & all, e, f, g];
    }
    state = [a, b, c, d, e, f, g, h].map((word, at) => (word + (state[at] as bigint)) & all);
  }
  const hex = state.map((word) => word.toString(16).padStart(size * 2, "0")).join("");
  return Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
