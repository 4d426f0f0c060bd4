import assert from "node:assert/strict";
import test from "node:test";
import { type IDBPDatabase, openDB } from "idb";
import type { JournalRow } from "../../../pwa/store/records.ts";
import { openShared, openStore, type Store } from "../../../pwa/store/schema.ts";
import { items } from "../../../pwa/sync/queue.ts";
import { phoneAndServer, sent } from "../sync/delivery.ts";
import { freshPhone } from "./phone.ts";

freshPhone();

/** How each published version of a person's database was made, and what a row of it lacked. */
const HISTORY: { make(db: IDBPDatabase): void; rowOf(row: JournalRow): unknown }[] = [
  {
    make: (db) => {
      db.createObjectStore("meta");
      db.createObjectStore("drafts", { keyPath: "id" });
      db.createObjectStore("filed", { keyPath: "dossier" });
      db.createObjectStore("journal", { keyPath: "id" });
      db.createObjectStore("blobs", { keyPath: "digest" }).createIndex("draft", "draft");
      db.createObjectStore("dossiers", { keyPath: "id" });
    },
    rowOf: ({ signed: _, ...row }) => row,
  },
];

const SHARED_HISTORY: ((db: IDBPDatabase) => void)[] = [
  (db) => {
    db.createObjectStore("settings");
    db.createObjectStore("people", { keyPath: "store" });
    db.createObjectStore("definitions", { keyPath: "digest" });
    db.createObjectStore("resources", { keyPath: "digest" });
  },
];

async function contentOf(db: IDBPDatabase): Promise<Map<string, [IDBValidKey, unknown][]>> {
  const content = new Map<string, [IDBValidKey, unknown][]>();
  for (const name of db.objectStoreNames) {
    const [keys, values] = [await db.getAllKeys(name), await db.getAll(name)];
    content.set(
      name,
      keys.map((key, at) => [key, values[at]]),
    );
  }
  return content;
}

/** The database as an older app would have left it: same records, older stores and rows. */
async function asVersion(
  db: IDBPDatabase,
  version: number,
  make: (db: IDBPDatabase) => void,
  rowOf: (store: string, value: unknown) => unknown,
): Promise<void> {
  const content = await contentOf(db);
  const { name } = db;
  db.close();
  await new Promise((resolve, reject) => {
    const gone = indexedDB.deleteDatabase(name);
    gone.onsuccess = resolve;
    gone.onerror = reject;
  });
  const old = await openDB(name, version, { upgrade: make });
  for (const store of old.objectStoreNames) {
    for (const [key, value] of content.get(store) ?? []) {
      const hasOwnKey = old.transaction(store).store.keyPath !== null;
      const row = rowOf(store, value);
      await (hasOwnKey ? old.put(store, row) : old.put(store, row, key));
    }
  }
  old.close();
}

async function fullQueue(store: Store): Promise<JournalRow[]> {
  for (const sizes of [[], [2_000], [3_000, 4_000], []]) await sent(store, ...sizes);
  const rows = await store.db.getAll("journal");
  const states = ["saved", "queued", "sending", "received"] as const;
  for (const [at, row] of rows.entries()) {
    await store.db.put("journal", { ...row, state: states[at % 4] ?? "queued", attempts: at });
  }
  return store.db.getAll("journal");
}

for (const [at, { make, rowOf }] of HISTORY.entries()) {
  test(`version ${at + 1} with a full queue is upgraded and all of it arrives`, async () => {
    const { store, shared, server, round } = await phoneAndServer();
    const before = await fullQueue(store);
    await asVersion(store.db as unknown as IDBPDatabase, at + 1, make, (name, value) =>
      name === "journal" ? rowOf(value as JournalRow) : value,
    );
    const upgraded = await openStore(shared);
    const after = await upgraded.db.getAll("journal");
    const essence = ({ signed: _, ...row }: JournalRow) => row;
    assert.deepEqual(after.map(essence), before.map(essence));
    assert.ok(after.every((row) => row.signed !== undefined));
    Object.assign(store, { db: upgraded.db });
    // One round for the texts; what was "received" is unknown to this server and goes anew.
    await round();
    await round();
    const states = (await items(store)).map(({ state }) => state);
    assert.deepEqual(new Set(states), new Set(["settled"]));
    assert.equal(server.blobs.size, 3);
  });
}

for (const [at, make] of SHARED_HISTORY.entries()) {
  test(`version ${at + 1} of what all share keeps catalogue and people`, async () => {
    const { shared } = await phoneAndServer();
    const before = await contentOf(shared as unknown as IDBPDatabase);
    await asVersion(shared as unknown as IDBPDatabase, at + 1, make, (_, value) => value);
    const upgraded = await openShared();
    const after = await contentOf(upgraded as unknown as IDBPDatabase);
    assert.deepEqual(after, before);
  });
}

test("the journal and what it needs is of the newest version that history above ends before", async () => {
  const { store, shared } = await phoneAndServer();
  assert.equal(
    store.db.version,
    HISTORY.length + 1,
    "a new version needs the one before in HISTORY",
  );
  assert.equal(shared.version, SHARED_HISTORY.length + 1);
});
