/**
 * Start: language, store, router, screen, worker, in this order, so that the first screen does not
 * wait for the network. What fails before there is a screen is told in the static page itself.
 */
import { render } from "preact";
import { codeOf, reasonWords } from "../language/messages.ts";
import { vietnamese } from "../language/vi.ts";
import { onNotificationOpened } from "../push/subscribe.ts";
import { within } from "../store/within.ts";
import { App } from "./app.ts";
import { followLinks } from "./links.ts";
import { backTo } from "./returning.ts";
import { Root } from "./root.tsx";
import { createRouter, routeOf } from "./router.ts";
import { trustOwnScripts } from "./trusted.ts";
import { type Update, watchUpdates } from "./update.ts";

const PATIENCE = 10_000;
/** Trying a form has a page of its own: this one stands in where the worker answers for it. */
const TRIAL = /^\/preview\//;

/** On a first visit the forms go before the worker, which fetches all the app again for its cache. */
async function thinLink(forms: Promise<unknown>): Promise<void> {
  if (navigator.serviceWorker?.controller) return;
  await within(PATIENCE, forms);
}

async function start(place: HTMLElement): Promise<void> {
  const router = createRouter(window);
  const screenAt = (path: string): string => routeOf(path).screen;
  if (TRIAL.test(router.current().path)) {
    const { startTrial } = await import("./trial.tsx");
    return startTrial(place);
  }
  const app = await App.open();
  const back = await backTo(app.shared).catch(() => null);
  if (back && router.current().path === "/") router.go(back, { replace: true });
  let waiting: Update | null = null;
  followLinks(
    (path) => screenAt(path) !== "missing",
    (address) => router.go(address),
  );
  onNotificationOpened((path) => router.go(path));
  place.textContent = "";
  render(<Root app={app} router={router} useUpdate={() => waiting?.use()} />, place);
  const isFilling = (): boolean => screenAt(router.current().path) === "draft";
  await thinLink(app.firstForms);
  await watchUpdates((update) => {
    waiting = update;
    app.set({ hasUpdate: true });
  }, isFilling);
}

trustOwnScripts();
const place = document.getElementById("app");
if (place) {
  start(place).catch((error: unknown) => {
    // biome-ignore lint/suspicious/noConsole: the page tells the person, this tells a developer
    console.error(error);
    const waiting = place.querySelector(".waiting");
    if (waiting) waiting.textContent = reasonWords(vietnamese, codeOf(error));
  });
}
