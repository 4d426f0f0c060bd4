/**
 * The tag of Background Sync that page and worker share. In a file of its own: the worker starts with
 * it, and must not carry the store and the sending along for a word.
 */
export const OUTBOX = "outbox";
