/**
 * The page on which forms are measured: the app's own screen for filling a form, over the app's own
 * store, without the rest of the app. `window.bench` opens forms and tells what a person's input
 * cost; the inputs themselves come from outside as a keyboard gives them.
 */
import { type JSX, render } from "preact";
import { useReducer } from "preact/hooks";
import { type Page, pageOfRef, pagesOf, stops } from "../../pwa/forms/renderer/page.ts";
import type { Definition, FormStart } from "../../pwa/forms/renderer/session.ts";
import { openForm, shownItems } from "../../pwa/forms/renderer/session.ts";
import { LanguageContext } from "../../pwa/language/context.ts";
import { vietnamese } from "../../pwa/language/vi.ts";
import type { App, State } from "../../pwa/shell/app.ts";
import { RunningContext } from "../../pwa/shell/app-context.ts";
import { Frame } from "../../pwa/shell/design/frame.tsx";
import type { Filling } from "../../pwa/shell/filling.ts";
import { openDraft } from "../../pwa/shell/opening.ts";
import { createRouter } from "../../pwa/shell/router.ts";
import { DraftPage } from "../../pwa/shell/screens/draft-page.tsx";
import { savePublished } from "../../pwa/store/definitions.ts";
import { createDraft } from "../../pwa/store/drafts.ts";
import { openShared, openStore, type Store } from "../../pwa/store/schema.ts";

/** How long nothing may change before a screen counts as settled, in milliseconds. */
const QUIET = 80;

/**
 * What the app leaves for idle moments: held until the clock has been read, then let go. That may change
 * nothing of what is on the screen, which is looked at before and after.
 */
const held: IdleRequestCallback[] = [];
window.requestIdleCallback = (callback) => held.push(callback);

type Kind = "answer" | "move" | "add" | "search";

/** Milliseconds from the key until the screen is settled, as `look` says. */
interface Measured {
  kind: Kind;
  settled: number;
}

const place = document.getElementById("app") as HTMLElement;
const router = createRouter(window);
const state = { language: "vi", words: vietnamese, news: [] } as unknown as State;
const app = { state, setLanguage: () => Promise.resolve() } as unknown as App;
const measured: Measured[] = [];
let pending: (Measured & { from: number }) | undefined;
/** When the page first heard of the last key. */
let heard = 0;
let filling: Filling | undefined;
let key = "";

let redraw: () => void = () => undefined;

/** What the app's screen of a draft does once the draft is read: find the page and show it. */
function Host(): JSX.Element {
  const [, again] = useReducer((count: number) => count + 1, 0);
  redraw = () => again(undefined);
  if (!filling) {
    return (
      <Frame title={vietnamese.home.drafts}>
        <p role="status">{vietnamese.app.loading}</p>
      </Frame>
    );
  }
  const { pages } = filling.walk();
  const page = (key && pageOfRef(pages, key)) || stops(pages)[0];
  if (!page) return <p>…</p>;
  const go = (to: string): void => {
    key = to;
    // A screen that was moved to begins at its top, with the focus on its heading.
    router.go(`/?q=${to}`, { replace: true });
    redraw();
  };
  const leave = (): void => undefined;
  const given = { filling, go, leave, page, isFromCheck: false, warning: null };
  return <DraftPage {...given} />;
}

function mount(): void {
  const spoken = { language: "vi" as const, words: vietnamese };
  render(
    <LanguageContext.Provider value={spoken}>
      <RunningContext.Provider value={{ app, state, router }}>
        <Host />
      </RunningContext.Provider>
    </LanguageContext.Provider>,
    place,
  );
}

/** Calls back when the next frame is over, with what the app leaves until then. */
function afterFrame(done: () => void): void {
  requestAnimationFrame(() => void turn().then(done));
}

/** Another turn of the page, after all that follows at once. */
function turn(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    port2.postMessage(0);
  });
}

/** Milliseconds since `from`, with the page laid out here and now as it would be for the next frame. */
function laidOutSince(from: number): number {
  place.getBoundingClientRect();
  return performance.now() - from;
}

/**
 * Reads the clock. Called after the last listener of an event, whose drawing follows each listener at
 * once, and again whenever the page changes or the focus moves: the last reading counts.
 */
function look(): void {
  if (pending) pending.settled = laidOutSince(pending.from);
}

function rest(now: Measured & { from: number }): void {
  const waited = performance.now() - now.from - now.settled;
  if (waited < QUIET) {
    setTimeout(rest, QUIET - waited + 1, now);
    return;
  }
  measured.push({ kind: now.kind, settled: now.settled });
  pending = undefined;
}

/** What is at each point of a net over the screen. */
function seen(): string[] {
  const points = [`scrolled to ${window.scrollY}`];
  for (let x = 20; x < window.innerWidth; x += 80) {
    for (let y = 8; y < window.innerHeight; y += 16) {
      const at = document.elementFromPoint(x, y);
      const { top = 0, left = 0 } = at?.getBoundingClientRect() ?? {};
      points.push(`${at?.tagName} ${left} ${top} ${at?.children.length ? "" : at?.textContent}`);
    }
  }
  return points;
}

/** Lets what was held go on, part by part. @returns milliseconds, or null when there was none */
async function release(): Promise<number | null> {
  if (held.length === 0) return null;
  const before = seen();
  let took = 0;
  while (held.length > 0) {
    const from = performance.now();
    for (const draw of held.splice(0)) draw({ didTimeout: false, timeRemaining: () => 50 });
    // It is drawn when this has run to its end, and so has what it waited for.
    await turn();
    took += laidOutSince(from);
    // What follows a drawing comes a moment after its frame.
    await new Promise((done) => setTimeout(done, 50));
  }
  const after = seen();
  const at = before.findIndex((one, point) => one !== after[point]);
  if (at >= 0) throw new Error(`later drawing changed the screen: ${before[at]} → ${after[at]}`);
  return took;
}

function begin(kind: Kind): void {
  if (pending) return;
  pending = { kind, from: heard, settled: 0 };
  setTimeout(rest, QUIET, pending);
}

// Whatever is drawn later belongs to the answer, too, and so does where the focus goes.
new MutationObserver(look).observe(place, {
  subtree: true,
  childList: true,
  attributes: true,
  characterData: true,
});
window.addEventListener("focusin", look, { capture: true });

function kindOf(event: Event): Kind | undefined {
  const target = event.target as HTMLElement;
  const isSearch = target.getAttribute("role") === "combobox";
  if (event.type === "input") return isSearch ? "search" : "answer";
  if (event.type === "keydown") {
    return isSearch && (event as KeyboardEvent).key === "Enter" ? "answer" : undefined;
  }
  if (target.closest(".choice")) return "answer";
  const button = target.closest("button");
  if (button?.type === "submit") return "move";
  return button?.closest("p.control") ? "add" : undefined;
}

for (const type of ["keydown", "keyup"]) {
  const listen = (): void => {
    heard = performance.now();
  };
  window.addEventListener(type, listen, { capture: true });
}

for (const type of ["input", "keydown", "click"]) {
  const listen = (event: Event): void => {
    const kind = pending ? undefined : kindOf(event);
    if (kind) begin(kind);
  };
  window.addEventListener(type, listen, { capture: true });
}

// After all other listeners.
for (const type of ["input", "click"]) {
  window.addEventListener(type, look);
}

let store: Store;

let draft = "";
let size = 0;

/** Puts a form and an empty draft on the phone and shows the app's waiting screen. */
async function prepare(text: string, lists: Record<string, string>): Promise<void> {
  place.textContent = "";
  mount();
  store ??= await openStore(await openShared());
  const form = "f".repeat(64);
  await savePublished(store.shared, "definitions", form, text);
  for (const [digest, list] of Object.entries(lists)) {
    await savePublished(store.shared, "resources", digest, list);
  }
  const applicant = { name: "Lò Thị Mẫu" };
  const where = { procedure: "1.001193", commune: "02683", language: "vi" };
  const start = { ...where, applicant, helper: null, form, answers: null };
  draft = (await createDraft(store, start)).id;
  size = text.length;
  await new Promise<void>(afterFrame);
}

/**
 * Opens the draft, as the app does behind its waiting screen. Milliseconds until its first page is laid
 * out: from the definition's text in memory (`settled`), and from the address on, reading the draft
 * and the form from the store (`stored`).
 */
async function open(): Promise<{ [part: string]: number }> {
  const from = performance.now();
  const parsing = whenParsed(size);
  const failed = (error: unknown): void => {
    throw error;
  };
  filling = await openDraft(store, draft, "vi", () => redraw(), failed);
  redraw();
  const known = parsing();
  await null;
  const settled = laidOutSince(known);
  const stored = performance.now() - from;
  await new Promise<void>(afterFrame);
  return { settled, stored };
}

/** Milliseconds of a loop that is always the same. */
function spin(): number {
  const from = performance.now();
  let sum = 0;
  for (let at = 0; at < 4e5; at++) sum += Math.sqrt(at) % 7;
  return sum > 0 ? performance.now() - from : 0;
}

/** Notes when the JSON text of that length is handed to be parsed. */
function whenParsed(length: number): () => number {
  const parse = JSON.parse;
  let at = 0;
  JSON.parse = (text: string, ...more: []) => {
    if (text.length === length) at = performance.now();
    return parse(text, ...more);
  };
  return () => {
    JSON.parse = parse;
    return at;
  };
}

/** What the JSON, the engine's opening and the walk over all that is visible take, one after another. */
async function engine(
  text: string,
  lists: Record<string, string>,
): Promise<{ [part: string]: number }> {
  // What the bench calls is no script of the page's own to the browser; what a timer calls is.
  await new Promise((later) => setTimeout(later));
  const from = performance.now();
  const definition = JSON.parse(text) as Definition;
  const resources = Object.fromEntries(
    Object.entries(lists).map(([digest, list]) => [digest, JSON.parse(list)]),
  ) as FormStart["resources"];
  const parsed = performance.now() - from;
  const form = await openForm({ definition, resources, language: "vi" });
  const opened = performance.now() - from;
  pagesOf(shownItems(form));
  return { parsed, opened, walked: performance.now() - from };
}

const walk = (): readonly Page[] => stops(filling?.walk().pages ?? []);

/** Puts the focus where the next answer goes. @returns what stands there, and how many pages remain */
function focus(at: number): { control: string; left: number } {
  const asked = walk();
  const now = asked.findIndex((page) => page.key === key);
  const left = asked.length - 1 - Math.max(0, now);
  const boxes = Array.from(
    place.querySelectorAll<HTMLInputElement>("form input, form textarea"),
  ).filter((one) => one.type !== "radio" || one === place.querySelector(`[name="${one.name}"]`));
  const box = boxes[at];
  box?.focus();
  const kind = box?.maxLength === 4 ? "year" : box?.inputMode || box?.type;
  const control = box?.getAttribute("role") ?? kind ?? "";
  return { control, left };
}

const bench = {
  prepare,
  open,
  engine,
  focus,
  measured,
  release,
  isBusy: () => pending !== undefined,
  spin,
  bare: () => {
    const box = document.body.appendChild(document.createElement("input"));
    box.className = "field";
    box.focus();
  },
  press: (selector: string) => place.querySelector<HTMLElement>(selector)?.focus(),
  nodes: () => document.getElementsByTagName("*").length,
  page: () => key,
  go: (to: string) => {
    key = to;
    redraw();
  },
  pages: () => walk().map((page) => page.key),
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
