/**
 * A file that another app of this phone shares with this one. It comes to the worker as a posted form;
 * the worker puts it aside and opens the screen, which takes it up here.
 */

/** The browser's cache that holds it for a moment, and under what address. */
export const SHARED_CACHE = "shared";
export const SHARED_ADDRESS = "/relay/file";

/** The file that was put aside, once; null when there is none. */
export async function sharedFile(): Promise<Blob | null> {
  if (typeof caches === "undefined" || !(await caches.has(SHARED_CACHE))) return null;
  const cache = await caches.open(SHARED_CACHE);
  const kept = await cache.match(SHARED_ADDRESS);
  const file = kept ? await kept.blob() : null;
  await caches.delete(SHARED_CACHE);
  return file;
}
