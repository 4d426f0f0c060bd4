/**
 * What a recording, video or document may be: told by its first bytes, since names and claimed types
 * are not to be trusted. The desk opens the same kinds (server/attachments/media.py). Pure.
 */
import { pictureKind } from "./sizes.ts";

/** Bytes of a page at most (docs/contracts.md §3). */
export const LARGEST_PAGE = 8 * 1024 * 1024;

/** The first bytes that are looked at. */
export const START = 16;

/** Kinds that a container of these first bytes may hold, the likeliest first. */
function kindsOf(start: Uint8Array): string[] {
  const text = String.fromCharCode(...Array.from(start.subarray(0, START)));
  const picture = pictureKind(start);
  if (picture) return ["jpeg", "png", "webp"].includes(picture) ? [`image/${picture}`] : [];
  if (text.startsWith("%PDF-")) return ["application/pdf"];
  if (text.startsWith("\x1aE\xdf\xa3")) return ["video/webm", "audio/webm"];
  if (text.startsWith("OggS")) return ["audio/ogg", "video/ogg"];
  if (text.startsWith("ID3") || /^\xff[\xfb\xf3\xf2]/.test(text)) return ["audio/mpeg"];
  if (/^\xff[\xf1\xf9]/.test(text)) return ["audio/aac"];
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WAVE") return ["audio/wav"];
  if (text.startsWith("#!AMR")) return ["audio/amr"];
  if (text.slice(4, 8) === "ftyp") return ["video/mp4", "audio/mp4"];
  return [];
}

/**
 * The media type to keep a file under, undefined when it is none that may be kept.
 * @param start at least its first 16 bytes
 * @param claimed what the browser says: chooses between sound and video in the same container
 */
export function mediaType(start: Uint8Array, claimed: string): string | undefined {
  const kinds = kindsOf(start);
  const family = claimed.split("/")[0];
  return kinds.find((kind) => kind.split("/")[0] === family) ?? kinds[0];
}

/** Whether a type is of the kind a question asks for, `audio/*` or `application/*`; the latter takes any. */
export function isWanted(type: string, asked: string): boolean {
  const family = asked.split("/")[0];
  return family === "application" || family === "*" || type.split("/")[0] === family;
}
