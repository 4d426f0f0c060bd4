/**
 * How far a photo is shrunk: pure numbers. A page of A4 stays readable at 1600 pixels on its long
 * side (about 137 dpi); it must not weigh more than 300 KB, for every one may go over 2G.
 */

export const LONG_SIDE = 1600;
export const LARGEST_BYTES = 300 * 1024;

/** JPEG qualities from best to least that still reads well. */
export const QUALITIES = [0.82, 0.7, 0.58, 0.46];

/** Where even the least quality is too heavy, the picture itself gets smaller by this. */
export const STEP = 0.8;

export interface Size {
  width: number;
  height: number;
}

/** The size that fits into `longSide`, never larger than it is, in whole pixels. */
export function fitted({ width, height }: Size, longSide: number): Size {
  const scale = Math.min(1, longSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** The kind of picture by its first bytes: names and types that a file claims are not believed. */
export function pictureKind(start: Uint8Array): string | null {
  const text = String.fromCharCode(...start.subarray(0, 16));
  if (text.startsWith("\xff\xd8\xff")) return "jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP") return "webp";
  if (text.startsWith("GIF8")) return "gif";
  if (text.startsWith("BM")) return "bmp";
  if (text.slice(4, 8) === "ftyp")
    return /^(avif|heic|heix|mif1|msf1)/.exec(text.slice(8))?.[1] ?? null;
  return null;
}
