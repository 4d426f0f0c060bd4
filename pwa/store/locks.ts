/**
 * Locks on a person's store. The store's own key is wrapped once for each secret that may open it (a
 * PIN, a passkey) and lies nowhere else; unlocking puts it into the vault's memory. What needs no
 * reading stays outside: envelopes, ciphertexts of pages, sizes and times, so that a locked store
 * still delivers and counts. How a secret becomes a wrapping key is its caller's business.
 */
import type { Bytes } from "./bytes.ts";
import { commit, StoreError } from "./errors.ts";
import { newId } from "./identifiers.ts";
import { alone } from "./lock.ts";
import type { Sealed } from "./records.ts";
import type { Store } from "./schema.ts";
import { newRow, sealWith, VAULT, type VaultRow, type Wrap } from "./vault.ts";
import { announce } from "./watch.ts";

/** Wraps the 32 bytes of a store's key. */
export type Wrapping = (key: Bytes) => Promise<Wrap>;

/** Wrapped keys of a store; none when it has no lock. */
export async function wrapsOf(store: Store): Promise<Wrap[]> {
  const row = (await store.db.get("meta", VAULT)) as VaultRow | undefined;
  return row?.kind === "locked" ? row.wraps : [];
}

/** The 32 bytes as the vault uses them: scripts cannot read them out of it. */
function imported(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/**
 * Puts a lock on a store that has none: everything personal in it is sealed anew under a key that is
 * only kept wrapped. Ends unlocked.
 */
export async function putLock(store: Store, wrapping: Wrapping): Promise<void> {
  if ((await wrapsOf(store)).length > 0) throw new StoreError("store-locked");
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const wraps = [await wrapping(raw)];
  await rekey(store, { kind: "locked", wraps, era: newId() }, await imported(raw));
}

/** Takes the lock off: the key lies in the database as it is again. The store must be unlocked. */
export async function takeLockOff(store: Store): Promise<void> {
  const row = await newRow();
  await rekey(store, row, row.key);
}

/** Opens the store with its key. @param raw as a wrap gave it back */
export async function unlock(store: Store, raw: Bytes): Promise<void> {
  store.vault.use(await imported(raw));
}

/** Another tab has put on, changed or taken off the lock: this page's key is no longer the store's. */
export async function isRekeyed(store: Store): Promise<boolean> {
  const row = (await store.db.get("meta", VAULT)) as VaultRow | undefined;
  return row?.era !== store.vault.era;
}

/** Adds a way to open the store, or changes the one of the same kind and passkey. */
export async function keepWrap(store: Store, wrap: Wrap): Promise<void> {
  const wraps = (await wrapsOf(store)).filter(
    ({ by, credential }) => by !== wrap.by || credential !== wrap.credential,
  );
  const tx = store.db.transaction("meta", "readwrite", { durability: "strict" });
  await commit(tx, () => [tx.store.put(lockedRow(store, [...wraps, wrap]), VAULT)]);
}

/** Takes a way to open the store away; the last one stays. */
export async function dropWrap(store: Store, dropped: Wrap): Promise<void> {
  const wraps = await wrapsOf(store);
  const left = wraps.filter(
    ({ by, credential }) => by !== dropped.by || credential !== dropped.credential,
  );
  if (left.length === 0) return;
  const tx = store.db.transaction("meta", "readwrite", { durability: "strict" });
  await commit(tx, () => [tx.store.put(lockedRow(store, left), VAULT)]);
}

function lockedRow({ vault }: Store, wraps: Wrap[]): VaultRow {
  return { kind: "locked", wraps, era: vault.era ?? newId() };
}

/** Records, each with its own fields that are sealed and the places they are bound to. */
type Resealed = {
  store: "drafts" | "filed" | "journal" | "dossiers" | "meta";
  key: string;
  before: Record<string, unknown>;
  sealed: Record<string, Sealed>;
};

/** What is sealed in each kind of record, by field. The filed draft keeps the place of its draft. */
const FIELDS = {
  drafts: { sealed: "drafts" },
  filed: { sealed: "drafts" },
  dossiers: { sealed: "dossiers" },
  journal: { sealed: "journal", theirs: "theirs", signed: "signed" },
} as const;

async function rekey(store: Store, row: VaultRow, key: CryptoKey): Promise<void> {
  // No round writes to the journal meanwhile, and no save of this page to the drafts.
  await alone("hoso-outbox", async () => {
    await store.line;
    const records = await resealed(store, key);
    const tx = store.db.transaction(
      ["meta", "drafts", "filed", "journal", "dossiers"],
      "readwrite",
      {
        durability: "strict",
      },
    );
    const present = await Promise.all(
      records.map((record) => tx.objectStore(record.store).get(record.key)),
    );
    await commit(tx, () => [
      ...records.map(({ store: name, key: id, before, sealed }, at) => {
        const now = present[at] as Record<string, unknown> | undefined;
        if (!now) return undefined;
        if (isChanged(now, before)) throw new StoreError("draft-changed-elsewhere");
        // Another tab with the old key must not save over this: its revision is of yesterday.
        const revision = name === "drafts" ? { revision: Number(now.revision) + 1 } : {};
        const next = { ...now, ...sealed, ...revision } as never;
        return name === "meta"
          ? tx.objectStore(name).put(next, id)
          : tx.objectStore(name).put(next);
      }),
      tx.objectStore("meta").put(row, VAULT),
    ]);
  });
  store.vault.use(key, row.era);
  store.revisions.clear();
  announce("lock");
}

function isChanged(now: Record<string, unknown>, before: Record<string, unknown>): boolean {
  return Object.keys(before).some((field) => {
    const [a, b] = [now[field], before[field]] as (Sealed | null | undefined)[];
    return a?.iv.join() !== b?.iv.join();
  });
}

async function resealed(store: Store, key: CryptoKey): Promise<Resealed[]> {
  const found: Resealed[] = [];
  const again = async (place: string, sealed: Sealed): Promise<Sealed> =>
    sealWith(key, place, await store.vault.open(place, sealed));
  for (const name of ["drafts", "filed", "dossiers", "journal"] as const) {
    for (const row of await store.db.getAll(name)) {
      const fields = row as unknown as Record<string, Sealed | null | undefined>;
      const record: Resealed = { store: name, key: keyOf(name, row), before: {}, sealed: {} };
      for (const [field, place] of Object.entries(FIELDS[name])) {
        const value = fields[field];
        record.before[field] = value;
        if (value) record.sealed[field] = await again(`${place}/${row.id}`, value);
      }
      found.push(record);
    }
  }
  const device = (await store.db.get("meta", "device")) as { sealed?: Sealed } | undefined;
  if (device?.sealed) {
    const sealed = await again("meta/device", device.sealed);
    found.push({
      store: "meta",
      key: "device",
      before: { sealed: device.sealed },
      sealed: { sealed },
    });
  }
  return found;
}

function keyOf(name: keyof typeof FIELDS, row: { id: string; dossier?: string }): string {
  return name === "filed" ? (row.dossier ?? "") : row.id;
}
