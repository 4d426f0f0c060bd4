/**
 * Pages of a draft: encrypted as they are added, under a key of their own, and named by the digest of
 * the ciphertext, which is computed here once. Page and draft are written in one transaction: a full
 * disk leaves both as they were.
 */
import { base64url, digestOf, fromBase64url } from "./bytes.ts";
import { checkedRow, type Draft, inTurn, type Page, sealedRow } from "./drafts.ts";
import { commit, StoreError } from "./errors.ts";
import { newId } from "./identifiers.ts";
import { decryptPage, encryptPage } from "./pages.ts";
import type { BlobRow } from "./records.ts";
import { withRoom } from "./reserve.ts";
import type { Store } from "./schema.ts";
import { announce } from "./watch.ts";

/** What capture/ gives: a re-encoded picture and its size in pixels, or a file without such a size. */
export interface Picture {
  blob: Blob;
  width?: number;
  height?: number;
}

const SUFFIX: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "audio/aac": "aac",
  "audio/amr": "amr",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "audio/wav": "wav",
  "audio/webm": "weba",
  "video/mp4": "mp4",
  "video/ogg": "ogv",
  "video/webm": "webm",
};

/**
 * Adds a picture to the draft and keeps both.
 * @param path reference of the photo question
 * @returns the page: its `name` is what the question is answered with
 */
export async function addPage(
  store: Store,
  draft: Draft,
  path: string,
  { blob, width = 0, height = 0 }: Picture,
): Promise<Page> {
  const plain = new Uint8Array(await blob.arrayBuffer());
  const key = crypto.getRandomValues(new Uint8Array(32));
  const sealed = await encryptPage(key, plain);
  const page: Page = {
    name: `${newId()}.${SUFFIX[blob.type] ?? "bin"}`,
    path,
    type: blob.type,
    size: plain.length,
    length: sealed.length,
    digest: await digestOf(sealed),
    key: base64url(key),
    width,
    height,
    addedAt: Date.now(),
  };
  const add = { digest: page.digest, draft: draft.id, data: sealed.buffer };
  await change(store, draft, (pages) => [...pages, page], { add });
  return page;
}

/** Takes a picture out of the draft and off the phone. */
export async function removePage(store: Store, draft: Draft, name: string): Promise<void> {
  const page = draft.pages.find((candidate) => candidate.name === name);
  if (!page) return;
  const others = (pages: Page[]) => pages.filter((candidate) => candidate.name !== name);
  await change(store, draft, others, { remove: page.digest });
}

/** The picture as it was added. */
export async function preview(store: Store, page: Page): Promise<Blob> {
  const row = await store.db.get("blobs", page.digest);
  if (!row) throw new StoreError("record-missing");
  const plain = await decryptPage(fromBase64url(page.key), new Uint8Array(row.data));
  return new Blob([plain], { type: page.type });
}

/** Ciphertext of a page; undefined when it is not here. */
export async function readBlob(store: Store, digest: string): Promise<ArrayBuffer | undefined> {
  return (await store.db.get("blobs", digest))?.data;
}

function change(
  store: Store,
  draft: Draft,
  changed: (pages: Page[]) => Page[],
  blob: { add?: BlobRow; remove?: string },
): Promise<void> {
  return inTurn(store, async () => {
    const pages = changed(draft.pages);
    const row = await sealedRow(store, { ...draft, pages, updatedAt: Date.now() });
    const next = await withRoom(store, async () => {
      const tx = store.db.transaction(["drafts", "blobs"], "readwrite");
      const drafts = tx.objectStore("drafts");
      const blobs = tx.objectStore("blobs");
      const checked = checkedRow(store, await drafts.get(draft.id), row);
      await commit(tx, () => [
        drafts.put(checked),
        blob.add && blobs.put(blob.add),
        blob.remove && blobs.delete(blob.remove),
      ]);
      return checked;
    });
    store.revisions.set(draft.id, next.revision);
    draft.pages = pages;
    draft.updatedAt = next.updatedAt;
    announce("drafts");
  });
}
