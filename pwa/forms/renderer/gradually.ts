/**
 * Draws first what a screen can show of something long, and the rest once that has been seen: a phone
 * that lays out fifteen questions at once keeps a person waiting for those below the edge.
 */
import { useEffect, useState } from "preact/hooks";

/** Some browsers have no idle time to offer; a moment later does as well. */
export const whenIdle = (draw: () => void): void => {
  if (window.requestIdleCallback) window.requestIdleCallback(draw, { timeout: 100 });
  else setTimeout(draw);
};

/**
 * How many of `count` things are drawn now: `step` at first, so many more in each idle moment.
 * @param of what they belong to; another begins anew
 */
export function useGradually(count: number, step: number, of: unknown): number {
  const [drawn, setDrawn] = useState({ of, count: step });
  const now = drawn.of === of ? drawn.count : step;
  useEffect(() => {
    let isOver = now >= count;
    if (!isOver) whenIdle(() => isOver || setDrawn({ of, count: now + step }));
    return () => {
      isOver = true;
    };
  }, [now, count, of]);
  return Math.min(now, count);
}
