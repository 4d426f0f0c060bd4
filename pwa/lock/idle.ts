/**
 * When to lock by itself: after so long without a touch, and after so long out of sight. Time is told
 * by two clocks and the longer counts: one stops while the phone sleeps, the other may be set.
 * Choosing a photo hides the page and is no leaving: only the time without a touch counts then.
 */
import type { Store } from "../store/schema.ts";

/** Minutes without a touch, and seconds out of sight. */
export interface Limits {
  idleMinutes: number;
  hiddenSeconds: number;
}

export const IDLE_CHOICES = [1, 5, 15];
export const HIDDEN_CHOICES = [0, 60];
const USUAL: Limits = { idleMinutes: 5, hiddenSeconds: 60 };
/** Photographing papers takes a while. */
const PICKING_MINUTES = 10;
const LOOK_EVERY = 5_000;

/** `meta` key. */
const LIMITS = "autolock";

export async function readLimits(store: Store): Promise<Limits> {
  return ((await store.db.get("meta", LIMITS)) as Limits | undefined) ?? USUAL;
}

export async function saveLimits(store: Store, limits: Limits): Promise<void> {
  await store.db.put("meta", limits, LIMITS);
}

/** Milliseconds passed since it was last asked to begin anew, by the clock that says more. */
export function stopwatch(
  steady: () => number = () => performance.now(),
  wall: () => number = Date.now,
) {
  let [began, beganWall] = [steady(), wall()];
  return {
    restart() {
      [began, beganWall] = [steady(), wall()];
    },
    passed: () => Math.max(steady() - began, wall() - beganWall),
  };
}

/** Calls `lock` once when a limit is passed. @returns stops watching */
export function watchIdle(limits: Limits, lock: () => void): () => void {
  const touched = stopwatch();
  const hidden = stopwatch();
  let isPicking = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isOver = (): boolean => {
    const idle = Math.max(limits.idleMinutes, isPicking ? PICKING_MINUTES : 0) * 60_000;
    if (touched.passed() >= idle) return true;
    const isAway = document.visibilityState === "hidden" && !isPicking;
    return isAway && hidden.passed() >= limits.hiddenSeconds * 1_000;
  };
  const look = (): void => {
    clearTimeout(timer);
    if (isOver()) {
      stop();
      lock();
      return;
    }
    timer = setTimeout(look, LOOK_EVERY);
  };
  const touch = (event: Event): void => {
    touched.restart();
    const { target } = event;
    const field = target instanceof Element ? target.closest("label,input") : null;
    const picks = field?.querySelector("input[type=file]") ?? field;
    if (event.type === "click") isPicking = picks?.getAttribute("type") === "file";
  };
  const turn = (): void => {
    if (document.visibilityState === "hidden") {
      hidden.restart();
      look();
      return;
    }
    // Back again: how long it was away counts before anything is shown.
    const wasAway = !isPicking && hidden.passed() >= Math.max(limits.hiddenSeconds, 1) * 1_000;
    isPicking = false;
    if (wasAway) {
      stop();
      lock();
    } else look();
  };
  const touches = ["pointerdown", "keydown", "input", "click"];
  for (const name of touches) document.addEventListener(name, touch, true);
  document.addEventListener("visibilitychange", turn);
  look();

  function stop(): void {
    clearTimeout(timer);
    for (const name of touches) document.removeEventListener(name, touch, true);
    document.removeEventListener("visibilitychange", turn);
  }
  return stop;
}
