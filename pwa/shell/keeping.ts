/**
 * Where a form that is being filled is kept: in a person's store, or nowhere (trial-keeping.ts) when
 * somebody only tries it. The form on the screen is the same for both.
 */
import type { Picture } from "../store/blobs.ts";
import { addPage, preview, removePage } from "../store/blobs.ts";
import { type Draft, type Page, saveDraft } from "../store/drafts.ts";
import { reserve } from "../store/reserve.ts";
import type { Store } from "../store/schema.ts";
import { backTo, leaveFor } from "./returning.ts";

export interface Keeping {
  save(draft: Draft): Promise<void>;
  /** Adds a page to the draft's pages and keeps it. */
  addPage(draft: Draft, ref: string, picture: Picture): Promise<Page>;
  /** Takes a page out of the draft's pages; one that is not there is no fault. */
  removePage(draft: Draft, name: string): Promise<void>;
  preview(page: Page): Promise<Blob>;
  /** Keeps room for a page and the way back to an address. Rejects where there is no room. */
  makeReady(address: string): Promise<void>;
}

export function keepingIn(store: Store): Keeping {
  return {
    save: (draft) => saveDraft(store, draft),
    addPage: async (draft, ref, picture) => {
      // Back from the camera, and here all the while.
      await backTo(store.shared);
      return addPage(store, draft, ref, picture);
    },
    removePage: (draft, name) => removePage(store, draft, name),
    preview: (page) => preview(store, page),
    makeReady: async (address) => {
      await reserve(store);
      await leaveFor(store.shared, address);
    },
  };
}
