/**
 * Stands where a screen will be whose file is still on its way, and asks again when it did not come.
 * From the first whole visit on the file is on the phone, so this is seen for a moment at most.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../language/context.ts";
import { Frame } from "../design/frame.tsx";
import { Notice } from "../design/parts.tsx";

export type Rare = typeof import("./rare.tsx").rareScreen;

export function LaterScreen({ have }: { have(rare: Rare): void }): JSX.Element {
  const words = useWords();
  const [hasFailed, setFailed] = useState(false);
  const fetchIt = (): void => {
    setFailed(false);
    import("./rare.tsx").then(
      (module) => have(module.rareScreen),
      () => setFailed(true),
    );
  };
  useEffect(fetchIt, []);
  return (
    <Frame title={words.app.name}>
      {hasFailed ? (
        <Notice tone="attention" role="alert">
          <p>{words.later.failed}</p>
          <button type="button" class="button second" onClick={fetchIt}>
            {words.app.tryAgain}
          </button>
        </Notice>
      ) : (
        <p role="status">{words.later.loading}</p>
      )}
    </Frame>
  );
}
