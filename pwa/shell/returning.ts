/**
 * The way back to a question from the phone's camera. A phone with little memory may end the app
 * meanwhile; opened anew from the home screen it begins at its first address, and this remembers where
 * the person was. Only the address is kept: draft and question, nothing that was answered.
 */

const KEY = "hoso.return";
/** Whoever comes back later than this comes for something else. */
const LIFE = 30 * 60_000;

/** The app may be ended from now on; `address` is where to come back to. */
export function leaveFor(address: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ address, at: Date.now() }));
  } catch {
    // Then the draft waits on the first screen, as any other.
  }
  // Still here when the camera closes: nothing to come back from.
  window.addEventListener("focus", () => void backTo(), { once: true });
}

/** Where to go on, once; null when nobody was away. */
export function backTo(now: number = Date.now()): string | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as { address?: string; at?: number };
    localStorage.removeItem(KEY);
    const { address = "", at = 0 } = kept;
    return now - at < LIFE && now >= at && address.startsWith("/drafts/") ? address : null;
  } catch {
    return null;
  }
}
