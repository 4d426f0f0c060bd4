/**
 * The phone's databases and how each version becomes the next. `hoso` is shared by everyone on the
 * phone and holds nothing secret: catalogue, definitions, settings, who has a store here, and what is
 * carried for other phones, which nobody here can open. Each
 * person has one more, `hoso.<name>`: drafts, journal, pages, dossiers, keys.
 *
 * An upgrade step never changes once published; a new version appends one.
 */
import {
  type DBSchema,
  deleteDB,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from "idb";
import { asStoreError, commit } from "./errors.ts";
import type {
  BlobRow,
  DossierRow,
  DraftRow,
  JournalRow,
  ParcelRow,
  Profile,
  PublishedRow,
  RelayedRow,
} from "./records.ts";
import { openVault, type Vault } from "./vault.ts";

interface SharedSchema extends DBSchema {
  settings: { key: string; value: unknown };
  people: { key: string; value: Profile };
  definitions: { key: string; value: PublishedRow };
  resources: { key: string; value: PublishedRow };
  /** Carried for other phones, and the pages that came with them: outside any person's store. */
  relayed: { key: string; value: RelayedRow };
  parcels: { key: string; value: ParcelRow };
}

interface StoreSchema extends DBSchema {
  meta: { key: string; value: unknown };
  drafts: { key: string; value: DraftRow };
  /** The draft that each dossier was last filed with, by dossier: a supplement opens on it. */
  filed: { key: string; value: DraftRow };
  journal: { key: string; value: JournalRow };
  blobs: { key: string; value: BlobRow; indexes: { draft: string } };
  dossiers: { key: string; value: DossierRow };
}

export type Shared = IDBPDatabase<SharedSchema>;
export type StoreDatabase = IDBPDatabase<StoreSchema>;

/** One person's store, open. */
export interface Store {
  readonly name: string;
  readonly db: StoreDatabase;
  readonly vault: Vault;
  readonly shared: Shared;
  /** Which save of each draft this page has read or written last: see store/drafts.ts. */
  readonly revisions: Map<string, number>;
  /** The last write begun: drafts are written one after the other. */
  line: Promise<unknown>;
}

/** The store of whoever holds the phone without signing in. */
export const OWN_STORE = "own";

/** One step from a version to the next; `tx` is the upgrade's own transaction. */
export type Step<S extends DBSchema> = (
  db: IDBPDatabase<S>,
  tx: IDBPTransaction<S, StoreNames<S>[], "versionchange">,
) => void | Promise<void>;

const SHARED_STEPS: Step<SharedSchema>[] = [
  (db) => {
    db.createObjectStore("settings");
    db.createObjectStore("people", { keyPath: "store" });
    db.createObjectStore("definitions", { keyPath: "digest" });
    db.createObjectStore("resources", { keyPath: "digest" });
  },
  (db) => {
    db.createObjectStore("relayed", { keyPath: "id" });
    db.createObjectStore("parcels", { keyPath: "digest" });
  },
];

const STORE_STEPS: Step<StoreSchema>[] = [
  (db) => {
    db.createObjectStore("meta");
    db.createObjectStore("drafts", { keyPath: "id" });
    db.createObjectStore("filed", { keyPath: "dossier" });
    db.createObjectStore("journal", { keyPath: "id" });
    db.createObjectStore("blobs", { keyPath: "digest" }).createIndex("draft", "draft");
    db.createObjectStore("dossiers", { keyPath: "id" });
  },
  async (_, tx) => {
    const journal = tx.objectStore("journal");
    for (const row of await journal.getAll()) await journal.put({ ...row, signed: null });
  },
];

async function openAt<S extends DBSchema>(
  name: string,
  steps: Step<S>[],
): Promise<IDBPDatabase<S>> {
  try {
    const db = await openDB<S>(name, steps.length, {
      async upgrade(upgraded, from, _to, tx) {
        for (const step of steps.slice(from)) await step(upgraded, tx);
      },
      // A newer page or worker wants to upgrade: step aside; this page's next write says
      // `storage-upgraded` and the screen asks for a reload.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
      },
    });
    return telling(db);
  } catch (error) {
    throw asStoreError(error);
  }
}

/** The database with every error it throws as StoreError: a full disk, a handle closed for an upgrade. */
function telling<D extends object>(db: D): D {
  return new Proxy(db, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: unknown[]) => {
        try {
          const result: unknown = member.apply(target, given);
          return result instanceof Promise ? result.catch(thrown) : result;
        } catch (error) {
          return thrown(error);
        }
      };
    },
  });
}

function thrown(error: unknown): never {
  throw asStoreError(error);
}

/** The database shared by everyone on this phone. */
export function openShared(): Promise<Shared> {
  return openAt<SharedSchema>("hoso", SHARED_STEPS);
}

/** A person's store, by default the active one; made when it does not exist yet. */
export async function openStore(shared: Shared, name?: string): Promise<Store> {
  const wanted = name ?? ((await shared.get("settings", "store")) as string | undefined);
  const chosen = wanted ?? OWN_STORE;
  const db = await openAt<StoreSchema>(`hoso.${chosen}`, STORE_STEPS);
  const vault = await openVault({
    read: () => db.get("meta", "vault"),
    add: async (row) => {
      const tx = db.transaction("meta", "readwrite");
      // Page and worker may both be first: whoever comes second takes what is there.
      const present = await tx.store.get("vault");
      await commit(tx, () => [present === undefined && tx.store.put(row, "vault")]);
      return present ?? row;
    },
  });
  return { name: chosen, db, vault, shared, revisions: new Map(), line: Promise.resolve() };
}

/** Names of all stores on this phone: the citizen's own and one for each who signed in. */
export async function storeNames(shared: Shared): Promise<string[]> {
  return [OWN_STORE, ...(await shared.getAllKeys("people"))];
}

/** Removes a person's store and everything in it; the caller has closed it. */
export async function eraseStore(shared: Shared, name: string): Promise<void> {
  await deleteDB(`hoso.${name}`);
  await shared.delete("people", name);
}
