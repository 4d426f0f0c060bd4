/**
 * What the server says over the wire, as docs/contracts.md §2 and §4 state it: catalogue, problems,
 * verdicts, dossiers. Times here are ISO 8601 text.
 */

export interface Words {
  vi: string;
  en: string;
}

export interface Procedure {
  code: string;
  slug: string;
  name: Words;
  field: Words;
  authority: Words;
  result: Words;
  online: unknown;
  timeLimit: { unit: string; value: number | null; text: Words };
  fee: { text: Words; amounts?: unknown[] };
  papers: { name: Words; when: Words; question?: string }[];
  /** Digest of the current definition; `acceptedForms` are still taken from drafts begun before. */
  form: string;
  resources: string[];
  acceptedForms: string[];
  /** Until when each older one is taken, by digest. */
  acceptedUntil?: { [digest: string]: string };
  isOpen: boolean;
}

export interface Commune {
  code: string;
  name: string;
  provinceCode: string;
  provinceName: string;
  isOpen: boolean;
}

/** A public key in JWK form, as `/.well-known/jwks.json` lists it. */
export interface ReceiptKey extends JsonWebKey {
  kid: string;
}

export interface Catalogue {
  v: 1;
  digest: string;
  agency: { name: string; nameEn: string };
  origin: string;
  agencyKeys: { kid: string; key: string; notAfter?: string }[];
  receiptKeys: ReceiptKey[];
  pushKey: string;
  /** Days that an ended dossier stays on phones. */
  keptDays?: number;
  communes: Commune[];
  procedures: Procedure[];
}

/** A fault of the answers, as both form engines state it. */
export interface Fault {
  ref: string;
  kind: string;
  message?: string;
}

/** RFC 9457, with the catalogue's code and both sentences. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code: string;
  vi?: string;
  en?: string;
  faults?: Fault[];
}

export type MutationKind = "dossier.submit" | "supplement.answer" | "dossier.withdraw";

export interface Verdict {
  id: string;
  verdict: string;
  receipt?: string;
  problem?: Problem;
  pages?: { received: number; total: number };
  theirs?: unknown;
  /** Why it is held, also in a repetition. */
  reason?: string;
}

export interface TimelineEntry {
  seq: number;
  event: string;
  at: string;
  actor: { role: string; name?: string };
  note?: string;
  state?: string;
}

export interface SupplementItem {
  path: string;
  kind: "question" | "page";
  note?: string;
}

export interface DossierView {
  id: string;
  code: string;
  number?: string;
  procedure: string;
  form: string;
  commune: string;
  state: string;
  version: number;
  submittedAt: string;
  dueOn?: string;
  finishedAt?: string;
  applicant: { name: string };
  helper?: { name: string };
  pages: { received: number; total: number };
  seq: number;
  timeline: TimelineEntry[];
  supplement?: {
    id: string;
    askedAt: string;
    sentence: string;
    items: SupplementItem[];
    answerBy?: string;
  };
}

export interface SyncReply {
  v: 1;
  time: string;
  nonce: string;
  verdicts: Verdict[];
  changes: DossierView[];
  cursor: string | null;
  more: boolean;
  missing: string[];
  catalogue: string;
  /** The device that asked counts no more: nothing readable may stay with it. */
  device?: "revoked";
}
