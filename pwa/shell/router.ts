/**
 * Address → screen. The one table of the app's addresses, and moving between them without loading a
 * page. Everything but the window is pure, so the table is tested without a browser.
 */
import { whenIdle } from "../forms/renderer/gradually.ts";

export type Route =
  | { screen: "home" }
  | { screen: "procedures" }
  | { screen: "procedure"; code: string }
  | { screen: "draft"; id: string }
  | { screen: "sent"; id: string }
  | { screen: "dossiers" }
  | { screen: "dossier"; id: string }
  | { screen: "inbox" }
  | { screen: "sign-in" }
  | { screen: "enrol"; token: string }
  | { screen: "settings" }
  | { screen: "rescue" }
  | { screen: "relay" }
  | { screen: "storage" }
  | { screen: "lock" }
  | { screen: "claim" }
  | { screen: "hand-over"; id: string }
  /** Without an address: what stands before every other screen. */
  | { screen: "locked" }
  | { screen: "revoked" }
  | { screen: "missing" };

/**
 * @param path the address's path, as in `location.pathname`
 * @returns the screen it names; `missing` when it names none
 */
export function routeOf(path: string): Route {
  const [first = "", second, ...rest] = path.split("/").filter(Boolean).map(decode);
  if (rest.length > 0) return { screen: "missing" };
  if (second === undefined) {
    switch (first) {
      case "":
        return { screen: "home" };
      case "procedures":
      case "dossiers":
      case "inbox":
      case "sign-in":
      case "settings":
      case "rescue":
      case "relay":
      case "storage":
      case "lock":
      case "claim":
        return { screen: first };
      default:
        return { screen: "missing" };
    }
  }
  switch (first) {
    case "procedures":
      return { screen: "procedure", code: second };
    case "drafts":
      return { screen: "draft", id: second };
    case "sent":
    case "hand-over":
      return { screen: first, id: second };
    case "dossiers":
      return { screen: "dossier", id: second };
    case "enrol":
      return { screen: "enrol", token: second };
    default:
      return { screen: "missing" };
  }
}

/** The address of a screen with one parameter, its parameter escaped. */
export function addressOf(
  screen: "procedures" | "drafts" | "sent" | "dossiers" | "hand-over",
  id: string,
): string {
  return `/${screen}/${encodeURIComponent(id)}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

interface Address {
  path: string;
  /** With its question mark; "" without one. */
  query: string;
}

/** What the router needs of a window: given, so that tests and the app share the code. */
export interface Place {
  readonly location: { pathname: string; search: string; origin: string };
  readonly history: Pick<History, "pushState" | "replaceState" | "back">;
  addEventListener(type: "popstate" | "pagehide", listener: () => void): void;
}

export interface Router {
  /** The present address. */
  current(): Address;
  /** Go to an address of the app; `replace` leaves no step back to the present one. */
  go(address: string, options?: { replace?: boolean }): void;
  back(): void;
  /** Whether the person has moved at all since the page was loaded. */
  hasMoved(): boolean;
  /** Called after every move; returns how to stop listening. */
  listen(listener: () => void): () => void;
}

/**
 * What a move within one screen (another query) means to the history is written once the browser is
 * idle: it costs a tenth of drawing the next question. Whoever asks is told the new address at once.
 */
export function createRouter(place: Place, later: (write: () => void) => void = whenIdle): Router {
  const listeners = new Set<() => void>();
  let hasMoved = false;
  const written = (): Address => ({ path: place.location.pathname, query: place.location.search });
  let now = written();
  let due: { from: Address; replace: boolean } | null = null;
  const tell = (): void => {
    hasMoved = true;
    for (const listener of listeners) listener();
  };
  const write = (): void => {
    if (!due) return;
    const { replace } = due;
    due = null;
    note(now, replace);
  };
  const note = ({ path, query }: Address, replace: boolean): void =>
    place.history[replace ? "replaceState" : "pushState"](null, "", path + query);
  place.addEventListener("popstate", () => {
    // Back from where the history has not been yet is back to where one came from.
    if (due && !due.replace) note(due.from, false);
    due = null;
    now = written();
    tell();
  });
  place.addEventListener("pagehide", write);
  return {
    current: () => now,
    go(address, { replace = false } = {}) {
      write();
      const [path = "", ...query] = address.split(/(?=\?)/);
      due = { from: now, replace };
      now = { path, query: query.join("") };
      if (path === due.from.path) later(write);
      else write();
      tell();
    },
    back() {
      write();
      place.history.back();
    },
    hasMoved: () => hasMoved,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
