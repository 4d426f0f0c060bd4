/**
 * Taking in what another phone handed over, by file or by camera. What is this phone's own stays
 * where it is; of the rest every dossier is kept as it comes, so a file that was cut still brings the
 * ones before the cut.
 */
import { dossierCode } from "../store/identifiers.ts";
import { alone } from "../store/lock.ts";
import type { RelayedRow } from "../store/records.ts";
import { takeIn, takeParcel } from "../store/relayed.ts";
import { openStore, type Shared, storeNames } from "../store/schema.ts";
import { announce } from "../store/watch.ts";
import { type ContainerError, type Passed, partsOf } from "./container.ts";

/** What became of a file. `fault`: it was not whole, and `taken` is what came before the fault. */
export interface Taken {
  taken: number;
  /** Of this phone: they are in its own queue already. */
  own: number;
  pages: number;
  fault: ContainerError["code"] | null;
}

/**
 * Keeps what a file holds, one part in memory at a time. Throws StoreError `storage-full` where the
 * phone has no room; what was kept before stays, for a text is good without its pages.
 */
export async function take(
  shared: Shared,
  file: Blob,
  by: RelayedRow["by"],
  now: number = Date.now(),
): Promise<Taken> {
  const own = await ownIds(shared);
  const result: Taken = { taken: 0, own: 0, pages: 0, fault: null };
  const wanted = new Set<string>();
  // Not while a round delivers: it would let a mutation go before its pages are in.
  await alone("hoso-outbox", async () => {
    try {
      for await (const part of partsOf(file)) {
        if (part.kind === "page") {
          if (!wanted.has(part.digest)) continue;
          await takeParcel(shared, { digest: part.digest, data: part.data.buffer });
          result.pages += 1;
        } else if (own.has(part.passed.id)) result.own += 1;
        else {
          await takeIn(shared, await rowOf(part.passed, by, now));
          for (const { digest } of part.passed.pages) wanted.add(digest);
          result.taken += 1;
        }
      }
    } catch (error) {
      result.fault = faultOf(error);
    }
  });
  if (result.taken > 0) announce("sent");
  return result;
}

function faultOf(error: unknown): ContainerError["code"] {
  if ((error as Error | null)?.name !== "ContainerError") throw error;
  return (error as ContainerError).code;
}

async function ownIds(shared: Shared): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const name of await storeNames(shared)) {
    const store = await openStore(shared, name);
    for (const id of await store.db.getAllKeys("journal")) ids.add(id);
    store.db.close();
  }
  return ids;
}

async function rowOf(passed: Passed, by: RelayedRow["by"], now: number): Promise<RelayedRow> {
  const { id, dossier, digest, device, kid, sealed, pages } = passed;
  return {
    ...{ id, dossier, digest, device, by },
    code: await dossierCode(dossier),
    state: "queued",
    createdAt: now,
    envelope: { kid, sealed },
    textBytes: sealed.length,
    pages: pages.map((page) => ({ ...page, sent: 0, upload: null })),
    ...{ verdict: null, receipt: null, reason: null, attempts: 0, nextTryAt: 0, notBefore: 0 },
  };
}
