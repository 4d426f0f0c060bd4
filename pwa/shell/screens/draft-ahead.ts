/**
 * The page of the entry that may be added next, worked out in an idle moment while the list of entries is
 * looked at. Drawn unseen beside the list, it is there when the button is pressed; where it turns out to
 * be another page, or other questions, it is drawn then as any page is.
 */
import { useLayoutEffect, useState } from "preact/hooks";
import type { Ahead } from "../../forms/renderer/ahead.ts";
import { whenIdle } from "../../forms/renderer/gradually.ts";
import type { Page } from "../../forms/renderer/page.ts";
import type { Filling } from "../filling.ts";

/** @returns undefined for a page of questions, and until there was a moment */
export function useAhead(filling: Filling, page: Page): Ahead | undefined {
  const [known, setKnown] = useState<{ of: Page; ahead: Ahead | undefined } | null>(null);
  // The browser's idle moments are asked for before the list is seen: many press at once.
  useLayoutEffect(() => {
    const repeat = page.kind === "entries" && page.items[0];
    if (!repeat) return undefined;
    let isLeft = false;
    const look = async (): Promise<void> => {
      const ahead = isLeft ? undefined : await filling.ahead(repeat.ref);
      if (!isLeft) setKnown({ of: page, ahead });
    };
    // Without it nothing is missing: offline a part of the app may not be there.
    whenIdle(() => void look().catch(() => undefined));
    return () => {
      isLeft = true;
    };
  }, [page, filling]);
  // Pages are others as soon as anything about the list is.
  return known?.of === page ? known.ahead : undefined;
}
