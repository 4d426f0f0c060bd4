/**
 * The records of the phone's databases. What is personal lies in `sealed`; plain are only
 * identifiers, states, sizes and times, so that a locked store can still deliver and count.
 * Times are milliseconds since 1970.
 */
import type { Fault, MutationKind } from "../api/contract.ts";
import type { Bytes } from "./bytes.ts";

/** AES-256-GCM by the store's key; `iv` 12 bytes. Bound to its place, see store/vault.ts. */
export interface Sealed {
  iv: Bytes;
  data: ArrayBuffer;
}

/** Who uses a store: kept readable so that the phone can ask "who are you?" offline. */
export interface Profile {
  store: string;
  personId: string;
  account: string;
  name: string;
  /** The appointment the phone works under, see identity/person.ts. Empty commune: the whole server. */
  role: string;
  commune: string;
  communeName: string;
  /** Their device was revoked: they go once nothing of theirs waits to be sent, see store/parting.ts. */
  isLeaving?: true;
}

/** A file named by the SHA-256 of its text: a definition or a resource. Not secret. */
export interface PublishedRow {
  digest: string;
  text: string;
  savedAt: number;
}

export type DraftState = "open" | "sent" | "repair";

export interface DraftRow {
  id: string;
  dossier: string;
  /** The definition it needs, so that this one is kept. */
  form: string;
  state: DraftState;
  /** Counts the saves: a second tab's stale copy is noticed. */
  revision: number;
  createdAt: number;
  updatedAt: number;
  sealed: Sealed;
}

/** A page's ciphertext, whole. Its key lies in the draft, sealed. */
export interface BlobRow {
  digest: string;
  draft: string;
  data: ArrayBuffer;
}

export interface DossierRow {
  id: string;
  /** The definition that a supplement would ask again. */
  form: string;
  version: number;
  /** The last event applied, and the last that the person has seen. */
  seq: number;
  seen: number;
  sealed: Sealed;
}

export type JournalState = "saved" | "queued" | "sending" | "received" | "settled" | "needs-repair";

/** One page of a journal item and how far it has come. `upload` is its address once begun. */
export interface JournalPage {
  digest: string;
  length: number;
  sent: number;
  upload: string | null;
}

/** A sealed mutation on its way to the agency, whoever sealed it. */
export interface Delivery {
  id: string;
  dossier: string;
  code: string;
  state: JournalState;
  createdAt: number;
  /** SHA-256 of the payload: what the receipt must name. */
  digest: string;
  device: string;
  /** Gone once settled: the receipt stays. */
  envelope: { kid: string; sealed: Bytes } | null;
  textBytes: number;
  pages: JournalPage[];
  verdict: string | null;
  /** Why a person at the desk must look at it first; apps before this one did not keep it. */
  heldFor?: string | undefined;
  receipt: string | null;
  reason: string | null;
  attempts: number;
  nextTryAt: number;
  /** The server asked for quiet until then (Retry-After). */
  notBefore: number;
}

/** One mutation of this phone. `sealed` holds who and what; `theirs` the server's side of a conflict. */
export interface JournalRow extends Delivery {
  draft: string | null;
  kind: MutationKind;
  faults: Fault[];
  settledAt: number | null;
  sealed: Sealed;
  theirs: Sealed | null;
  /** What was signed, for sealing it anew when the agency changes its key; gone once settled. */
  signed: Sealed | null;
}

/** A mutation of another phone, carried for it: nothing of it can be read here. */
export interface RelayedRow extends Delivery {
  /** How it came: in a file, or from screen to camera. */
  by: "file" | "camera";
}

/** Ciphertext of a page that came along with a relayed mutation. */
export interface ParcelRow {
  digest: string;
  data: ArrayBuffer;
}

/** Days that an ended dossier stays on the phone when the agency says nothing else. */
export const USUAL_DAYS = 30;
