/**
 * Address → screen. The one table of the app's addresses, and moving between them without loading a
 * page. Everything but the window is pure, so the table is tested without a browser.
 */

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

/** What the router needs of a window: given, so that tests and the app share the code. */
export interface Place {
  readonly location: { pathname: string; search: string; origin: string };
  readonly history: Pick<History, "pushState" | "replaceState" | "back">;
  addEventListener(type: "popstate", listener: () => void): void;
}

export interface Router {
  /** The present address: path and query. */
  current(): { path: string; query: string };
  /** Go to an address of the app; `replace` leaves no step back to the present one. */
  go(address: string, options?: { replace?: boolean }): void;
  back(): void;
  /** Whether the person has moved at all since the page was loaded. */
  hasMoved(): boolean;
  /** Called after every move; returns how to stop listening. */
  listen(listener: () => void): () => void;
}

export function createRouter(place: Place): Router {
  const listeners = new Set<() => void>();
  let hasMoved = false;
  const tell = (): void => {
    hasMoved = true;
    for (const listener of listeners) listener();
  };
  place.addEventListener("popstate", tell);
  return {
    current: () => ({ path: place.location.pathname, query: place.location.search }),
    go(address, { replace = false } = {}) {
      if (replace) place.history.replaceState(null, "", address);
      else place.history.pushState(null, "", address);
      tell();
    },
    back: () => place.history.back(),
    hasMoved: () => hasMoved,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
