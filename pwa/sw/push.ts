/**
 * A push, from the wake-up to the screen. The push carries no content: the worker runs a round and
 * shows the newest step of the dossier in the person's language; when that takes longer than 8 s or
 * the dossier is not of this store, the plain notice. Something is always shown: a browser withdraws
 * push from a site that stays silent.
 */
import { notice } from "../language/notices.ts";
import { inbox } from "../store/dossiers.ts";
import { readSetting } from "../store/people.ts";
import { openShared, openStore } from "../store/schema.ts";
import { within } from "../store/within.ts";
import { runRound } from "../sync/round.ts";
import type { Trigger } from "../sync/transitions.ts";

/** What is used of the worker's scope: as much as tests can stand in for. */
interface Scope {
  registration: Pick<ServiceWorkerRegistration, "showNotification">;
}

declare const self: Scope;

const PATIENCE = 8_000;

interface Wakeup {
  v: 1;
  kind: "dossier";
  dossier: string;
}

/** The dossier's id; undefined for anything that is not this version's payload. */
export function wakeupDossier(text: string | undefined): string | undefined {
  try {
    const wakeup = JSON.parse(text ?? "") as Partial<Wakeup> | null;
    const isKnown = wakeup?.kind === "dossier" && /^[0-9a-f-]{36}$/.test(wakeup.dossier ?? "");
    return isKnown ? wakeup.dossier : undefined;
  } catch {
    return undefined;
  }
}

export async function showPush(text: string | undefined): Promise<void> {
  const dossier = wakeupDossier(text);
  const words = await within(PATIENCE, wordsFor(dossier)).catch(() => undefined);
  const { title, body } = words ?? notice(await language().catch(() => undefined));
  await self.registration.showNotification(title, {
    body,
    // A second step of the same dossier takes the first one's place.
    tag: dossier ?? "hoso",
    icon: "/icons/icon-192.png",
    data: { path: dossier ? `/dossiers/${dossier}` : "/inbox" },
  });
}

/** Brings the news in and finds the words for the newest. */
async function wordsFor(dossier: string | undefined) {
  const shared = await openShared();
  const store = await openStore(shared);
  const { reason } = await runRound(store, "push");
  // Behind a lock there is nothing to read it in: only that something happened is told.
  const news = store.vault.isLocked ? [] : await inbox(store);
  const newest = news.find(({ dossier: view }) => view.id === dossier);
  const spoken = await readSetting(shared, "language");
  store.db.close();
  shared.close();
  // Old news would be a lie: without the server only "something happened" is true.
  if (reason !== null || !newest) return notice(spoken);
  return notice(spoken, newest.dossier.code, newest.entry.event);
}

async function language(): Promise<string | undefined> {
  const shared = await openShared();
  const spoken = await readSetting(shared, "language");
  shared.close();
  return spoken;
}

/** A round without a page: Background Sync. Rejects while something waits, so that it is tried again. */
export async function backgroundRound(trigger: Trigger): Promise<void> {
  const shared = await openShared();
  const store = await openStore(shared);
  const { reason } = await runRound(store, trigger);
  store.db.close();
  shared.close();
  if (reason !== null) throw new Error(reason);
}
