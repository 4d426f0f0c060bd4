/**
 * Pages to the server by tus 1.0 (core and creation): begun once, continued at the byte after any
 * cut. One page is in memory at a time; where the server already holds it, nothing is sent.
 *
 * Chunks carry no checksum: a server must drop a chunk whose checksum it cannot prove, so a cut would
 * cost the whole chunk; the digest of the whole page is checked at its end.
 */
import { type Answer, call, type Net, parsed } from "../api/client.ts";
import type { Problem } from "../api/contract.ts";
import { ProblemError, Unreachable } from "../api/problems.ts";
import type { Bytes } from "../store/bytes.ts";
import type { JournalPage } from "../store/records.ts";

const TUS = { "Tus-Resumable": "1.0.0" };
const SMALLEST = 16 * 1024;
const LARGEST = 256 * 1024;
/** A chunk should take between these: long enough to be worth a round trip, short enough to see it move. */
const QUICK = 4_000;
const SLOW = 15_000;
/** Offsets that disagree are asked for again this often before the page has to wait. */
const MOST_TURNS = 4;

/** Where a page stands with the server. */
export interface Place {
  sent: number;
  upload: string | null;
}

/**
 * Sends what is missing of a page. Throws Unreachable or ProblemError; what `moved` told is kept.
 * @param data reads the ciphertext; asked only when there is something to send
 */
export async function uploadPage(
  around: Net,
  page: JournalPage,
  data: () => Promise<Bytes>,
  moved: (place: Place) => Promise<void>,
): Promise<void> {
  let place = await begun(around, page);
  await moved(place);
  let bytes: Bytes | undefined;
  let size = 64 * 1024;
  let disagreements = 0;
  while (place.sent < page.length) {
    bytes ??= await data();
    const started = around.now();
    const chunk = bytes.slice(place.sent, place.sent + size);
    const sent = await patch(around, place, chunk);
    if (sent === "moved-on") {
      disagreements += 1;
      if (disagreements > MOST_TURNS) throw new Unreachable("network-garbled");
      place = await begun(around, { ...page, ...place });
    } else {
      place = { ...place, sent };
      const took = around.now() - started;
      if (took < QUICK) size = Math.min(LARGEST, size * 2);
      if (took > SLOW) size = Math.max(SMALLEST, size / 2);
    }
    await moved(place);
  }
}

/** The upload's address and offset: asked for where it was begun, else begun now. */
async function begun(around: Net, page: JournalPage): Promise<Place> {
  if (page.upload) {
    const allow = [404, 410];
    const answer = await call(around, page.upload, { method: "HEAD", headers: TUS, allow });
    if (answer.status < 300) return { upload: page.upload, sent: offsetOf(answer) };
  }
  const headers = {
    ...TUS,
    "Upload-Length": String(page.length),
    "Upload-Metadata": `digest ${btoa(page.digest)}`,
  };
  const answer = await call(around, "/uploads", { method: "POST", headers });
  const location = answer.headers.get("Location");
  if (answer.status !== 201 || !location) throw new Unreachable("network-captive");
  // Only the path: ciphertext goes nowhere but to this server.
  const { pathname, search } = new URL(location, "https://server.invalid/uploads");
  const offset = answer.headers.has("Upload-Offset") ? offsetOf(answer) : 0;
  return { upload: pathname + search, sent: offset };
}

/** The new offset; "moved-on" where the server's offset is another one or the upload is gone. */
async function patch(around: Net, place: Place, chunk: Bytes): Promise<number | "moved-on"> {
  const headers = {
    ...TUS,
    "Content-Type": "application/offset+octet-stream",
    "Upload-Offset": String(place.sent),
  };
  const allow = [404, 409, 410, 460];
  const path = place.upload ?? "";
  const answer = await call(around, path, { method: "PATCH", headers, body: chunk, allow });
  if (answer.status === 460) {
    // The page arrived damaged and was dropped there: the next try asks for the offset again.
    throw new ProblemError(460, parsed(answer) as Problem);
  }
  return answer.status >= 300 ? "moved-on" : offsetOf(answer);
}

function offsetOf(answer: Answer): number {
  const offset = Number(answer.headers.get("Upload-Offset") ?? Number.NaN);
  if (!Number.isInteger(offset) || offset < 0) throw new Unreachable("network-captive");
  return offset;
}
