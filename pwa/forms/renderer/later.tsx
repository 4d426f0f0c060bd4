/**
 * A control that is fetched when first met. The worker keeps it with the rest of the app from the
 * first visit on, so it comes without a network too.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../language/context.ts";
import type { RareKind } from "./control.tsx";
import type { ControlProps } from "./question.ts";

type Rare = typeof import("./rare.tsx").rare;

export function Later({ kind, ...props }: ControlProps & { kind: RareKind }): JSX.Element {
  const words = useWords();
  const [rare, setRare] = useState<Rare | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const fetchIt = (): void => {
    setFailed(false);
    import("./rare.tsx").then(
      (module) => setRare(module.rare),
      () => setFailed(true),
    );
  };
  useEffect(fetchIt, []);
  if (rare) {
    const It = rare[kind];
    return <It {...props} />;
  }
  return (
    <div class="control" role="status">
      <p>{hasFailed ? words.later.failed : words.later.loading}</p>
      {hasFailed && (
        <button type="button" class="button second" onClick={fetchIt}>
          {words.app.tryAgain}
        </button>
      )}
    </div>
  );
}
