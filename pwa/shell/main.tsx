/**
 * Start: language, store, router, screen, worker, in this order, so that the first screen does not
 * wait for the network. What fails before there is a screen is told in the static page itself.
 */
import { render } from "preact";
import { codeOf, reasonWords } from "../language/messages.ts";
import { vietnamese } from "../language/vi.ts";
import { onNotificationOpened } from "../push/subscribe.ts";
import { App } from "./app.ts";
import { backTo } from "./returning.ts";
import { Root } from "./root.tsx";
import { createRouter, type Router, routeOf } from "./router.ts";
import { trustOwnScripts } from "./trusted.ts";
import { type Update, watchUpdates } from "./update.ts";

const PATIENCE = 10_000;

/** Links of the app move within it; all others, and those asked to open elsewhere, are the browser's. */
function followLinks(router: Router): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("a") : null;
    if (
      !target ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const written = target.getAttribute("href") ?? "";
    if (written.startsWith("#")) {
      event.preventDefault();
      document.getElementById(written.slice(1))?.focus();
      return;
    }
    const address = new URL(target.href);
    if (
      target.target ||
      target.hasAttribute("data-reload") ||
      address.origin !== window.location.origin
    )
      return;
    if (routeOf(address.pathname).screen === "missing") return;
    event.preventDefault();
    router.go(address.pathname + address.search);
  });
}

/** On a first visit the forms go before the worker, which fetches all the app again for its cache. */
async function thinLink(forms: Promise<unknown>): Promise<void> {
  if (navigator.serviceWorker?.controller) return;
  await Promise.race([forms, new Promise((resolve) => window.setTimeout(resolve, PATIENCE))]);
}

async function start(place: HTMLElement): Promise<void> {
  const router = createRouter(window);
  const screen = (): string => routeOf(router.current().path).screen;
  // Who only tries a form wants its newest state, and nothing kept for later.
  const isTrial = screen() === "preview";
  const trial = isTrial ? import("./screens/preview.tsx").catch(() => null) : null;
  const app = await App.open(!isTrial);
  const back = await backTo(app.shared).catch(() => null);
  if (back && router.current().path === "/") router.go(back, { replace: true });
  let waiting: Update | null = null;
  followLinks(router);
  onNotificationOpened((path) => router.go(path));
  place.textContent = "";
  const first = (await trial)?.rareScreen ?? null;
  render(<Root app={app} router={router} first={first} useUpdate={() => waiting?.use()} />, place);
  const isFilling = (): boolean => screen() === "draft";
  if (isTrial) return;
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
