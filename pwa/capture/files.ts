/** A recording, video or document → what may be kept as a page: checked, never changed. */
import { isWanted, LARGEST_PAGE, mediaType, START } from "./media.ts";

export class FileError extends Error {
  /** Larger than a page may be; of a kind that the desk does not open, or not the kind asked for. */
  readonly code: "file-too-large" | "file-not-accepted";
  constructor(code: FileError["code"]) {
    super(code);
    this.name = "FileError";
    this.code = code;
  }
}

/** @param asked media type of the question, such as `audio/*` */
export async function checkedFile(file: Blob, asked: string): Promise<Blob> {
  if (file.size > LARGEST_PAGE) throw new FileError("file-too-large");
  const start = new Uint8Array(await file.slice(0, START).arrayBuffer());
  const type = mediaType(start, file.type);
  if (type === undefined || !isWanted(type, asked)) throw new FileError("file-not-accepted");
  return file.slice(0, file.size, type);
}
