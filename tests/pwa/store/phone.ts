/**
 * A phone for tests: an empty IndexedDB for each test, WebCrypto where Node 18 hides it, and a draft
 * with a page to begin with.
 */
import { webcrypto } from "node:crypto";
import { beforeEach } from "node:test";
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import type { Catalogue } from "../../../pwa/api/contract.ts";
import { addPage } from "../../../pwa/store/blobs.ts";
import type { Bytes } from "../../../pwa/store/bytes.ts";
import { saveCatalogue } from "../../../pwa/store/definitions.ts";
import { createDraft, type Draft, type NewDraft, saveDraft } from "../../../pwa/store/drafts.ts";
import { openShared, openStore, type Shared, type Store } from "../../../pwa/store/schema.ts";

if (!("crypto" in globalThis)) Object.defineProperty(globalThis, "crypto", { value: webcrypto });

/** Call at the top of a test file: every test begins on a phone that was never used. */
export function freshPhone(): void {
  beforeEach(() => {
    globalThis.indexedDB = new IDBFactory();
  });
}

export async function ownStore(): Promise<{ shared: Shared; store: Store }> {
  const shared = await openShared();
  return { shared, store: await openStore(shared) };
}

export const FORM = "1".repeat(64);

export const newDraft = (change: Partial<NewDraft> = {}): NewDraft => ({
  procedure: "1.001193",
  form: FORM,
  commune: "02683",
  language: "vi",
  applicant: { name: "Giàng A Thử", phone: "0912345678" },
  helper: null,
  answers: { tre: { ho_ten: "Giàng Thị Mẫu" } },
  ...change,
});

/** Bytes that look like a photo's, different for each seed. */
export function photo(length: number, seed = 1): Blob {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) bytes[at] = (at * 31 + seed * 7 + (at >> 8)) & 255;
  return new Blob([bytes], { type: "image/jpeg" });
}

/** A draft with photos of the given sizes, and the answers that name them. */
export async function filledDraft(store: Store, ...sizes: number[]) {
  const draft: Draft = await createDraft(store, newDraft());
  const answers: Record<string, string> = { ho_ten: "Giàng Thị Mẫu" };
  for (const [at, size] of sizes.entries()) {
    const path = `/data/anh_${at}`;
    const page = await addPage(store, draft, path, {
      blob: photo(size, at),
      width: 1600,
      height: 1200,
    });
    answers[`anh_${at}`] = page.name;
  }
  draft.answers = answers;
  await saveDraft(store, draft);
  return { draft, answers };
}

/** A catalogue with the given keys and no procedure. */
export function catalogue(change: Partial<Catalogue> = {}): Catalogue {
  return {
    v: 1,
    digest: "c1",
    agency: { name: "Xã Ví Dụ", nameEn: "Example Commune" },
    origin: "https://motcua.example.vn",
    agencyKeys: [],
    receiptKeys: [],
    pushKey: "",
    communes: [],
    procedures: [],
    ...change,
  };
}

export function keepCatalogue(shared: Shared, kept: Catalogue): Promise<void> {
  return saveCatalogue(shared, { catalogue: kept, etag: `"${kept.digest}"` });
}

export async function bytesOf(blob: Blob): Promise<Bytes> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** While `work` runs, whatever is put into a store of this name finds the disk full. */
export async function withFullDisk(name: string, work: () => Promise<void>): Promise<void> {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
    const request = key === undefined ? put.call(this, value) : put.call(this, value, key);
    if (this.name === name) {
      // As browsers do: the request is taken, the transaction fails.
      const { transaction } = this as unknown as { transaction: { _abort(name: string): void } };
      queueMicrotask(() => transaction._abort("QuotaExceededError"));
    }
    return request;
  };
  try {
    await work();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}

/** Web Locks as browsers have them, for two contexts in one process. */
export function withLocks(): () => void {
  const lines = new Map<string, Promise<unknown>>();
  const locks = {
    request(name: string, work: () => Promise<unknown>) {
      const turn = (lines.get(name) ?? Promise.resolve()).then(work, work);
      lines.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  return () => {
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else Reflect.deleteProperty(globalThis, "navigator");
  };
}
