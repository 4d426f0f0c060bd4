/**
 * The app while it runs: what it knows, in one state, and what a person can do with it that is no
 * form. Screens read the state and call the verbs; every change tells the listeners, and the root
 * draws again. The stores below stay the truth: the state is what was last read from them.
 */
import type { Catalogue, DossierView } from "../api/contract.ts";
import { codeOf, type Language, languageOf, type Words } from "../language/messages.ts";
import { loadWords } from "../language/words.ts";
import { keepPush, type PushState, pushState } from "../push/subscribe.ts";
import { readCatalogue } from "../store/definitions.ts";
import { inbox, listDossiers, markSeen, type News } from "../store/dossiers.ts";
import { type Draft, listDrafts } from "../store/drafts.ts";
import type { Handed } from "../store/handing.ts";
import { activate, profileOf, profiles, readSetting, saveSetting } from "../store/people.ts";
import type { Profile } from "../store/records.ts";
import { openShared, openStore, type Shared, type Store } from "../store/schema.ts";
import { announce, type Topic, watch } from "../store/watch.ts";
import { completeCatalogue, refreshCatalogue } from "../sync/catalogue.ts";
import { items, type JournalItem } from "../sync/queue.ts";
import { type Schedule, startSchedule } from "../sync/schedule.ts";

export interface State {
  language: Language;
  words: Words;
  catalogue: Catalogue | null;
  /** Why the catalogue could not be fetched, when there is none. */
  catalogueReason: string | null;
  drafts: readonly Draft[];
  items: readonly JournalItem[];
  dossiers: readonly DossierView[];
  news: readonly News[];
  profile: Profile | null;
  people: readonly Profile[];
  push: PushState;
  isSending: boolean;
  /** A new version waits; false while none does. */
  hasUpdate: boolean;
  /** A draft on its way from one person's store to another's: see screens/hand-over.tsx. */
  handed: Handed | null;
  /** What stands before every screen: a lock, or word that this device was revoked. */
  gate: "locked" | "revoked" | null;
}

/** Read again when a topic changes; `sent` is the schedule's business, `relayed` that of its screens. */
const READERS: Record<Topic, ((store: Store) => Promise<Partial<State>>) | null> = {
  drafts: async (store) => ({ drafts: await listDrafts(store) }),
  journal: async (store) => ({ items: await items(store) }),
  dossiers: async (store) => ({ dossiers: await listDossiers(store), news: await inbox(store) }),
  catalogue: async (store) => ({ catalogue: (await readCatalogue(store.shared)) ?? null }),
  relayed: null,
  sent: null,
  lock: null,
  locked: null,
};
const TOPICS: readonly Topic[] = ["drafts", "journal", "dossiers", "catalogue"];
const LULL = 150;

/** What is on the screen of a store that cannot be read. */
const NOTHING = { drafts: [], items: [], dossiers: [], news: [] };

async function speak(language: Language): Promise<Pick<State, "language" | "words">> {
  return { language, words: await loadWords(language) };
}

export class App {
  private readonly listeners = new Set<() => void>();
  private readonly due = new Set<Topic>();
  private timer = 0;
  private isFilling = false;
  private schedule: Schedule;
  /** Settles when the forms of the first visit are here, or could not be had. */
  firstForms: Promise<boolean> = Promise.resolve(false);
  /** Settles when the key of a store that was locked is forgotten. */
  locking: Promise<void> = Promise.resolve();
  private opening: Promise<void> = Promise.resolve();
  /** Stops watching for the time to lock: see settling.ts. */
  endWatch: () => void = () => undefined;

  private constructor(
    readonly shared: Shared,
    public store: Store,
    public state: State,
  ) {
    this.schedule = startSchedule(store);
    watch((topic) => {
      if (topic === "lock") void this.recheck();
      else if (topic === "locked") void this.lockToo();
      else this.isDue(topic);
    });
  }

  /** Opens the stores; rejects with a StoreError where the browser keeps no data. */
  static async open(): Promise<App> {
    const shared = await openShared();
    const store = await openStore(shared);
    const wanted = languageOf((await readSetting(shared, "language")) ?? "vi");
    const spoken = await speak(wanted).catch(() => speak("vi"));
    const { language } = spoken;
    const app = new App(shared, store, {
      ...spoken,
      catalogue: null,
      catalogueReason: null,
      ...NOTHING,
      profile: await profileOf(store),
      people: await profiles(shared),
      push: "unsupported",
      isSending: false,
      hasUpdate: false,
      handed: null,
      gate: store.vault.isLocked ? "locked" : null,
    });
    await app.read(TOPICS);
    app.settleIn(true);
    app.firstForms = app.fetchCatalogue(completeCatalogue);
    void app.readPush();
    void keepPush(store, language).catch(() => undefined);
    return app;
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  async setLanguage(language: Language): Promise<void> {
    this.set(await speak(language));
    await saveSetting(this.shared, "language", language);
  }

  /**
   * Asks the server for the catalogue and all its forms; what is on the phone stays if it fails.
   * @param bring only what this phone lacks, where a round asks for news by itself
   */
  async fetchCatalogue(bring = refreshCatalogue): Promise<boolean> {
    try {
      const catalogue = await bring(this.shared);
      this.set({ catalogue, catalogueReason: null });
      return true;
    } catch (error) {
      this.set({ catalogueReason: codeOf(error) });
      return false;
    }
  }

  async sendNow(): Promise<void> {
    this.set({ isSending: true });
    try {
      await this.schedule.sendNow();
    } catch {
      // What stood in the way is kept with each item of the journal, where the screens tell it.
    } finally {
      this.set({ isSending: false });
      this.isDue("journal");
    }
  }

  retryAt(): number | null {
    return this.schedule.status().retryAt;
  }

  async seen(dossier?: string): Promise<void> {
    await markSeen(this.store, dossier);
    await this.read(["dossiers"]);
  }

  async readPush(): Promise<void> {
    this.set({ push: await pushState() });
  }

  /** Opens another person's store on this phone; `own` is that of whoever is not signed in. */
  async switchTo(name?: string): Promise<void> {
    await activate(this.shared, name);
    await this.openActive();
  }

  /**
   * Opens the store of whoever is active now: after a sign-in, a sign-out or a switch; one after the other,
   * so that on a slow phone the last one wins.
   * @param prepare opens or puts on its lock, with what the sign-in gave
   */
  openActive(prepare?: (store: Store) => Promise<void>): Promise<void> {
    const opened = this.opening.then(() => this.turnTo(prepare));
    this.opening = opened.catch(() => undefined);
    return opened;
  }

  private async turnTo(prepare?: (store: Store) => Promise<void>): Promise<void> {
    this.schedule.stop();
    this.endWatch();
    const left = this.store;
    const store = await openStore(this.shared);
    await prepare?.(store);
    this.store = store;
    this.schedule = startSchedule(store);
    const gate = store.vault.isLocked ? "locked" : null;
    const [profile, people] = [await profileOf(store), await profiles(this.shared)];
    this.set({ ...NOTHING, gate, profile, people });
    await this.read(TOPICS);
    void this.fetchCatalogue(completeCatalogue);
    // A lock that is chosen right after signing in comes before the device's key: it is offered now.
    this.settleIn(!prepare || store.vault.era !== undefined);
    await letGoOf(left);
  }

  /** Forgets the key of the open store; what was typed last is kept before. */
  async lock(): Promise<void> {
    this.endWatch();
    this.set({ ...NOTHING, gate: "locked" });
    this.locking = letGoOf(this.store);
    announce("locked");
    await this.locking;
  }

  /** Another tab has locked: whoever did it meant the phone. */
  private async lockToo(): Promise<void> {
    if (this.state.gate) return;
    const { wrapsOf } = await import("../store/locks.ts");
    if ((await wrapsOf(this.store)).length > 0) await this.lock();
  }

  /** The vault has been opened: shows what is in it, and asks for what came meanwhile. */
  async unlocked(): Promise<void> {
    // Drawn once, with what is in it.
    this.state = { ...this.state, gate: null };
    await this.read(TOPICS);
    window.setTimeout(() => {
      this.settleIn(true);
      void this.sendNow();
    }, LULL);
  }

  /** What follows an opened store and need not be waited for: see settling.ts. */
  private settleIn(binds: boolean): void {
    import("./settling.ts").then(({ settleIn }) => settleIn(this, binds)).catch(() => undefined);
  }

  /** The lock was put on or taken off, or the store emptied, perhaps by another tab or the worker. */
  private async recheck(): Promise<void> {
    const { isRekeyed } = await import("../store/locks.ts");
    if (await isRekeyed(this.store)) await this.openActive();
    else this.settleIn(false);
  }

  /** While a form is open its own saves are not read back with each answer. */
  setFilling(isFilling: boolean): void {
    this.isFilling = isFilling;
    if (!isFilling && this.due.has("drafts")) this.isDue("drafts");
  }

  async read(topics: readonly Topic[]): Promise<void> {
    const readable = this.state.gate ? topics.filter((topic) => topic === "catalogue") : topics;
    const parts = await Promise.all(readable.map((topic) => READERS[topic]?.(this.store) ?? {}));
    this.set(Object.assign({}, ...parts) as Partial<State>);
  }

  private isDue(topic: Topic): void {
    this.due.add(topic);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const now = Array.from(this.due).filter((one) => !(this.isFilling && one === "drafts"));
      for (const one of now) this.due.delete(one);
      void this.read(now).catch(() => undefined);
    }, LULL);
  }
}

/** Drops the key of a store that is left, once an open form has kept what was typed last. */
async function letGoOf(store: Store): Promise<void> {
  await new Promise((resolve) => window.setTimeout(resolve, LULL));
  await store.line;
  store.vault.use(null);
}
