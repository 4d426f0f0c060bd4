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

/** A read-write transaction as far as `commit` needs it. */
interface Writing {
  done: Promise<void>;
  abort(): void;
}

/**
 * Makes the requests of a transaction and waits for all of it, so that none fails unheard. Whatever
 * fails, even a request that throws at once, nothing of the transaction is written; storage errors
 * come out as StoreError.
 */
export async function commit(tx: Writing, requests: () => unknown[]): Promise<void> {
  try {
    await Promise.all([...requests(), tx.done]);
  } catch (error) {
    abort(tx);
    // A request of a transaction that failed as a whole only says "aborted".
    const reason: unknown = await tx.done.catch((failure: unknown) => failure);
    const isEcho = (error as Error | null)?.name === "AbortError" && reason !== undefined;
    throw asStoreError(isEcho ? reason : error);
  }
}

function abort(tx: Writing): void {
  try {
    tx.abort();
  } catch {
    // It has aborted by itself already.
  }
}
