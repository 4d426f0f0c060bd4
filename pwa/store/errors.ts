/**
 * What can go wrong with the phone's own storage, as one typed error whose code the screens have
 * words for. A full disk is the one that people meet: the old state is whole then, because every
 * change is one transaction.
 */

export type StoreCode =
  /** The phone has no room; nothing of this change was written. */
  | "storage-full"
  /** This browser keeps no data (private window, storage switched off). */
  | "storage-unavailable"
  /** A newer app has upgraded the database under this page: reload. */
  | "storage-upgraded"
  /** The store's key is not here, or what it sealed was altered. */
  | "store-locked"
  /** Another tab saved this draft since it was read: read it again. */
  | "draft-changed-elsewhere"
  /** The draft was sent or removed and takes no change. */
  | "draft-closed"
  /** More text or pages than one envelope may hold. */
  | "mutation-too-large"
  /** No such record on this phone. */
  | "record-missing"
  /** The app has never reached the server, so it lacks the keys and forms it needs. */
  | "catalogue-missing";

export class StoreError extends Error {
  readonly code: StoreCode;
  constructor(code: StoreCode, cause?: unknown) {
    super(cause instanceof Error ? `${code}: ${cause.message}` : code);
    this.name = "StoreError";
    this.code = code;
  }
}

const BY_NAME: Record<string, StoreCode> = {
  QuotaExceededError: "storage-full",
  VersionError: "storage-upgraded",
  InvalidStateError: "storage-upgraded",
  SecurityError: "storage-unavailable",
  UnknownError: "storage-unavailable",
};

/** The browser's storage errors as StoreError; anything else comes back as it is. */
export function asStoreError(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error || isDomException(error))) {
    return error;
  }
  const code = BY_NAME[error.name];
  return code ? new StoreError(code, error) : error;
}

function isDomException(error: unknown): error is DOMException {
  return typeof DOMException !== "undefined" && error instanceof DOMException;
}

/**
 * Waits for a transaction and all its requests, so that none fails unheard; storage errors come out
 * as StoreError. An aborted transaction tells its reason in `done`, and quota in the request.
 */
export async function commit(tx: { done: Promise<void> }, ...requests: unknown[]): Promise<void> {
  try {
    await Promise.all([...requests, tx.done]);
  } catch (error) {
    await tx.done.catch(() => undefined);
    throw asStoreError(error);
  }
}
