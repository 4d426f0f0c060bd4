/**
 * The rescue file (docs/contracts.md §8): sealed mutations and page ciphertexts, one after the other,
 * each with its length and its SHA-256, and at the end the digest of all kinds and digests. What is
 * cut, swapped or spoilt is noticed; what came before it is still good: every part stands for itself.
 */
import { type Bytes, concat, hex, sha256, textOf, utf8 } from "../store/bytes.ts";

/** "HOSORES" and the version of the format. */
const MAGIC = utf8("HOSORES1");
const ENVELOPE = 0x45;
const PAGE = 0x50;
const END = 0x5a;
/** Kind, length, digest. */
const HEAD = 1 + 4 + 32;
/** An envelope of 256 KiB with what stands before it; a page of 8 MiB with its tags. */
const LARGEST = 8 * 1024 * 1024 + 64 * 1024;

export const SUFFIX = ".hoso";
export const FILE_TYPE = "application/octet-stream";

/** What anyone may know of a sealed mutation, and the seal. */
export interface Passed {
  id: string;
  kid: string;
  dossier: string;
  /** SHA-256 of the payload, and the device that signed it: what the receipt must name. */
  digest: string;
  device: string;
  /** ISO, when it was sent on its own phone. */
  at: string;
  pages: { digest: string; length: number }[];
  sealed: Bytes;
}

export type Part =
  | { kind: "envelope"; passed: Passed }
  | { kind: "page"; digest: string; data: Bytes };

export class ContainerError extends Error {
  /** No rescue file at all; one of a newer app; one that was cut or spoilt on the way. */
  readonly code: "rescue-not-recognised" | "rescue-newer" | "rescue-damaged";
  constructor(code: ContainerError["code"]) {
    super(code);
    this.name = "ContainerError";
    this.code = code;
  }
}

/** Writes a file part by part, so that never more than one page is in memory. */
export class Writer {
  private readonly pieces: BlobPart[] = [MAGIC];
  private readonly digests: Bytes[] = [];

  async envelope({ sealed, ...head }: Passed): Promise<void> {
    const text = utf8(JSON.stringify({ v: 1, ...head }));
    const length = new Uint8Array([text.length >> 8, text.length & 255]);
    await this.part(ENVELOPE, concat(length, text, sealed));
  }

  /** @param data ciphertext */
  async page(data: Bytes): Promise<void> {
    await this.part(PAGE, data);
  }

  /** The whole file; nothing more may be written. */
  async finish(): Promise<Blob> {
    await this.part(END, await sha256(concat(...this.digests)));
    return new Blob(this.pieces, { type: FILE_TYPE });
  }

  private async part(kind: number, content: Bytes): Promise<void> {
    const digest = await sha256(content);
    const head = new Uint8Array(5);
    head[0] = kind;
    new DataView(head.buffer).setUint32(1, content.length);
    this.digests.push(concat(head.subarray(0, 1), digest));
    // A blob of its own, so that the browser may keep it elsewhere than in memory.
    this.pieces.push(new Blob([head, digest, content]));
  }
}

/**
 * The parts of a file in order, each checked. Throws ContainerError; what was given before is good.
 * Kinds of a later version are passed over.
 */
export async function* partsOf(file: Blob): AsyncGenerator<Part> {
  const magic = await slice(file, 0, MAGIC.length);
  if (textSafely(magic.subarray(0, 7)) !== "HOSORES")
    throw new ContainerError("rescue-not-recognised");
  if (magic[7] !== MAGIC[7]) throw new ContainerError("rescue-newer");
  const digests: Bytes[] = [];
  let at = MAGIC.length;
  while (at < file.size) {
    const head = await slice(file, at, HEAD);
    if (head.length < HEAD) break;
    const length = new DataView(head.buffer).getUint32(1);
    if (length > LARGEST || at + HEAD + length > file.size) break;
    const content = await slice(file, at + HEAD, length);
    const digest = head.slice(5);
    if (hex(await sha256(content)) !== hex(digest)) break;
    if (head[0] === END) {
      if (hex(content) !== hex(await sha256(concat(...digests)))) break;
      return;
    }
    digests.push(concat(head.subarray(0, 1), digest));
    at += HEAD + length;
    if (head[0] === ENVELOPE) yield { kind: "envelope", passed: passedOf(content) };
    if (head[0] === PAGE) yield { kind: "page", digest: hex(digest), data: content };
  }
  throw new ContainerError("rescue-damaged");
}

async function slice(file: Blob, at: number, length: number): Promise<Bytes> {
  return new Uint8Array(await file.slice(at, at + length).arrayBuffer());
}

function textSafely(bytes: Bytes): string {
  try {
    return textOf(bytes);
  } catch {
    return "";
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const DIGEST = /^[0-9a-f]{64}$/;

function passedOf(content: Bytes): Passed {
  const length = (content[0] ?? 0) * 256 + (content[1] ?? 0);
  const head = headOf(content.slice(2, 2 + length));
  const sealed = content.slice(2 + length);
  const { id, kid, dossier, digest, device, at, pages } = head;
  const isWhole =
    UUID.test(String(id)) &&
    UUID.test(String(dossier)) &&
    DIGEST.test(String(digest)) &&
    typeof kid === "string" &&
    typeof device === "string" &&
    !Number.isNaN(Date.parse(String(at))) &&
    Array.isArray(pages) &&
    pages.every((page) => DIGEST.test(page?.digest) && Number.isInteger(page.length)) &&
    sealed.length > 65;
  if (!isWhole) throw new ContainerError("rescue-damaged");
  return { id, kid, dossier, digest, device, at, pages, sealed } as Passed;
}

function headOf(bytes: Bytes): Partial<Passed> {
  try {
    return (JSON.parse(textOf(bytes)) ?? {}) as Partial<Passed>;
  } catch {
    throw new ContainerError("rescue-damaged");
  }
}
