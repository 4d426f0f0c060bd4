/**
 * Frames as text for codes on a screen, and back (docs/contracts.md §8): `HOSO1:` and base64url of
 * the first four bytes of the message's SHA-256, its length, the frame's number and its bytes. Codes
 * of anything else that the camera meets are passed over.
 */
import { type Bytes, base64url, concat, fromBase64url, sha256 } from "../store/bytes.ts";
import { BLOCK, Collector, frameOf } from "./fountain.ts";

const START = "HOSO1:";
const HEAD = 4 + 4 + 2;
const FRAMES = 65_536;
/** More than this takes longer than anyone holds two phones still. */
export const LARGEST = 24 * 1024;

/** @returns the text of each frame by its number, for as long as the screen shows them */
export async function framesOf(message: Bytes): Promise<(frame: number) => string> {
  const mark = (await sha256(message)).slice(0, 4);
  return (frame) => {
    const number = frame % FRAMES;
    const head = new Uint8Array(6);
    const view = new DataView(head.buffer);
    view.setUint32(0, message.length);
    view.setUint16(4, number);
    return START + base64url(concat(mark, head, frameOf(message, number)));
  };
}

/** What a camera has seen so far of one message after another. */
export class FrameReader {
  private mark = "";
  private collector: Collector | null = null;

  /** Frames that are there and that are needed; nulls before the first. */
  get progress(): { known: number; count: number } | null {
    return this.collector && { known: this.collector.known, count: this.collector.count };
  }

  /** Takes the text of a code. @returns the message once it stands and its digest fits */
  async read(text: string): Promise<Bytes | null> {
    const bytes = frameBytes(text);
    if (!bytes) return null;
    const view = new DataView(bytes.buffer);
    const mark = base64url(bytes.subarray(0, 4));
    const length = view.getUint32(4);
    if (length === 0 || length > LARGEST) return null;
    if (!this.collector || this.mark !== mark) {
      this.mark = mark;
      this.collector = new Collector(length);
    }
    this.collector.take(view.getUint16(8), bytes.slice(HEAD));
    const message = this.collector.message();
    if (!message) return null;
    const isWhole = base64url((await sha256(message)).subarray(0, 4)) === mark;
    // A code that was misread spoils all sums it is in: once more from the start.
    if (!isWhole) this.collector = null;
    return isWhole ? message : null;
  }
}

function frameBytes(text: string): Bytes | null {
  if (!text.startsWith(START)) return null;
  try {
    const bytes = fromBase64url(text.slice(START.length));
    return bytes.length === HEAD + BLOCK ? bytes : null;
  } catch {
    return null;
  }
}
