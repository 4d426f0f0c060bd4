/**
 * A mutation whose seal the agency can no longer open, because its key is gone: the very same signed
 * mutation is sealed anew to the key that the catalogue names now. Its id and content digest stay what
 * they were, so whatever becomes of the first envelope, there is one effect.
 */
import { fromBase64url } from "../store/bytes.ts";
import { readCatalogue } from "../store/definitions.ts";
import type { JournalRow } from "../store/records.ts";
import { refreshCatalogue } from "./catalogue.ts";
import { agencyKey, seal } from "./envelope.ts";
import type { Exchange } from "./exchange.ts";

/**
 * The row with its new envelope; null when the agency names no other key, or nothing is here to seal.
 * Throws Unreachable when the agency could not be asked for its keys.
 */
export async function resealed(
  { store, around }: Pick<Exchange, "store" | "around">,
  row: JournalRow,
): Promise<JournalRow | null> {
  if (!row.signed) return null;
  // New keys are kept first, even when a form behind them does not arrive.
  const asked = refreshCatalogue(store.shared, around);
  const failure: unknown = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  const catalogue = await readCatalogue(store.shared);
  const agency = catalogue && agencyKey(catalogue);
  if (!agency || agency.kid === row.envelope?.kid) {
    if (failure) throw failure;
    return null;
  }
  const signed = fromBase64url(await store.vault.open<string>(`signed/${row.id}`, row.signed));
  const sealed = await seal(agency, row.id, signed);
  return {
    ...row,
    state: "queued",
    envelope: { kid: agency.kid, sealed },
    textBytes: sealed.length,
    nextTryAt: 0,
  };
}
