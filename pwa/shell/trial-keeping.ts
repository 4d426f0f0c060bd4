/** Where the pages of a form that is only tried are: in memory until the window closes. */
import type { Page } from "../store/drafts.ts";
import type { Keeping } from "./keeping.ts";

export function keepingNowhere(): Keeping {
  const blobs = new Map<string, Blob>();
  let count = 0;
  return {
    save: () => Promise.resolve(),
    addPage: (draft, path, { blob, width = 0, height = 0 }) => {
      const name = `${++count}.jpg`;
      const sizes = { size: blob.size, length: blob.size, width, height, addedAt: 0 };
      const page: Page = { name, path, type: blob.type, digest: "", key: "", ...sizes };
      blobs.set(name, blob);
      draft.pages = [...draft.pages, page];
      return Promise.resolve(page);
    },
    removePage: (draft, name) => {
      blobs.delete(name);
      draft.pages = draft.pages.filter((page) => page.name !== name);
      return Promise.resolve();
    },
    makeReady: () => Promise.resolve(),
    preview: ({ name }) => {
      const blob = blobs.get(name);
      return blob ? Promise.resolve(blob) : Promise.reject(new Error("no such page"));
    },
  };
}
