/**
 * The way back to a question from the phone's camera. A phone with little memory may end the app
 * meanwhile; opened anew from the home screen it begins at its first address, and this remembers where
 * the person was. Only the address is kept: draft and question, nothing that was answered.
 */
import type { Shared } from "../store/schema.ts";

const KEY = "return";
/** Whoever comes back later than this comes for something else. */
const LIFE = 30 * 60_000;

interface Way {
  address: string;
  at: number;
}

/** The app may be ended from now on; `address` is where to come back to. */
export async function leaveFor(shared: Shared, address: string): Promise<void> {
  await shared.put("settings", { address, at: Date.now() } satisfies Way, KEY);
  // Still here when the camera closes: nothing to come back from.
  window.addEventListener("focus", () => void backTo(shared), { once: true });
}

/** Where to go on, once; null when nobody was away. */
export async function backTo(shared: Shared, now: number = Date.now()): Promise<string | null> {
  const way = (await shared.get("settings", KEY)) as Way | undefined;
  if (!way) return null;
  await shared.delete("settings", KEY);
  return now - way.at < LIFE && now >= way.at ? way.address : null;
}
