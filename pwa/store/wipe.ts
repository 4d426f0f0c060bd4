/**
 * Takes everything that can be read off a store, for a device that was revoked or a lock whose every
 * key is lost: drafts, what was filed, dossiers, the reading mark. What is sealed to the agency and
 * still unsent stays, with the ciphertexts it names, and is delivered as before.
 */
import { commit } from "./errors.ts";
import { alone } from "./lock.ts";
import { isWaiting, part } from "./parting.ts";
import { isSignedIn, saveSetting } from "./people.ts";
import type { Store } from "./schema.ts";
import { newRow, sealWith, VAULT } from "./vault.ts";
import { announce } from "./watch.ts";

/** `meta` keys that go too: what was read, and the tries at the lock. */
const GONE = ["reading", "tries"];

/**
 * The device key and that it is bound. It stays with a revoked device, so that what it sends is known
 * as its; whoever begins anew has not proven to be the same person and gets another.
 */
const OF_DEVICE = ["device", "enrolled"];

/** @param why kept as `meta` "wiped" until it has been told; the store has no lock afterwards */
export async function wipeReadable(store: Store, why: "revoked" | "forgotten"): Promise<void> {
  await store.line;
  const row = await newRow();
  const journal = await store.db.getAll("journal");
  const kept = await Promise.all(
    journal.filter(isWaiting).map(async (item) => ({
      ...item,
      ...{ draft: null, theirs: null, signed: null, faults: [] },
      sealed: await sealWith(row.key, `journal/${item.id}`, { procedure: "", applicant: "" }),
    })),
  );
  const tx = store.db.transaction(
    ["meta", "drafts", "filed", "journal", "blobs", "dossiers"],
    "readwrite",
    { durability: "strict" },
  );
  const [meta, blobs, items] = [
    tx.objectStore("meta"),
    tx.objectStore("blobs"),
    tx.objectStore("journal"),
  ];
  const named = new Set(kept.flatMap(({ pages }) => pages.map(({ digest }) => digest)));
  const loose = (await blobs.getAllKeys()).filter((digest) => !named.has(digest));
  await commit(tx, () => [
    ...(["drafts", "filed", "dossiers", "journal"] as const).map((name) =>
      tx.objectStore(name).clear(),
    ),
    ...kept.map((item) => items.put(item)),
    ...loose.map((digest) => blobs.delete(digest)),
    ...GONE.map((name) => meta.delete(name)),
    meta.put(row, VAULT),
    meta.put(why, "wiped"),
  ]);
  store.vault.use(row.key, row.era);
  store.revisions.clear();
  for (const topic of ["drafts", "journal", "dossiers", "lock"] as const) announce(topic);
}

/** As {@link wipeReadable}, while no round is under way. */
export function wipeAlone(store: Store, why: "revoked" | "forgotten"): Promise<void> {
  return alone("hoso-outbox", () => wipeReadable(store, why));
}

/**
 * The agency says that this device is revoked; within a round, once or again. Ends the person's login
 * here too, and takes their name off the phone as soon as nothing of theirs waits.
 */
export async function wipeRevoked(store: Store): Promise<void> {
  if ((await wipedFor(store)) !== "revoked") {
    await wipeReadable(store, "revoked");
    if (await isSignedIn(store)) await saveSetting(store.shared, "login", null);
  }
  await part(store);
}

/** Why the store was emptied, until that was told. */
export async function wipedFor(store: Store): Promise<"revoked" | "forgotten" | undefined> {
  return (await store.db.get("meta", "wiped")) as "revoked" | "forgotten" | undefined;
}

/** It has been told, and whoever uses the store now is to be known by a device key of their own. */
export async function beginAnew(store: Store): Promise<void> {
  if (!(await wipedFor(store))) return;
  const tx = store.db.transaction("meta", "readwrite");
  await commit(tx, () => [...OF_DEVICE, "wiped"].map((name) => tx.store.delete(name)));
}
