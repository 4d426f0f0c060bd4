/** A dossier that is refused for good: why it stands still, and the two ways on from there. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { isWorthKeeping, keepAsDraft, letRefusedGo } from "../../sync/refused.ts";
import { useApp } from "../app-context.ts";
import { addressOf } from "../router.ts";
import { CHECK } from "./draft-places.ts";

export function Refused({ item }: { item: JournalItem }): JSX.Element {
  const { app, router } = useApp();
  const words = useAllWords();
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { refusal } = words;
  const work = async (done: Promise<void>, next: string): Promise<void> => {
    try {
      await done;
      await app.read(["drafts", "journal"]);
      router.go(next, { replace: true });
    } catch (error) {
      setProblem(reasonWords(words, codeOf(error)));
    }
  };
  const remove = (): void => void work(letRefusedGo(app.store, item), "/dossiers");
  const { draft } = item;
  if (draft === null) {
    return (
      <button type="button" class="button second" onClick={remove}>
        {refusal.dismiss}
      </button>
    );
  }
  return (
    <div class="actions">
      <div role="alert">{problem && <p class="fault">{problem}</p>}</div>
      {isWorthKeeping(item) && (
        <>
          <button
            type="button"
            class="button"
            onClick={() => {
              const answers = `${addressOf("drafts", draft)}?q=${CHECK}`;
              void work(keepAsDraft(app.store, item), answers);
            }}
          >
            {refusal.keep}
          </button>
          <p class="small">{refusal.keepHint}</p>
        </>
      )}
      {isAsking ? (
        <div role="alert">
          <p>{refusal.removeSure}</p>
          <div class="two">
            <button type="button" class="button second" onClick={() => setAsking(false)}>
              {words.app.cancel}
            </button>
            <button type="button" class="button danger" onClick={remove}>
              {refusal.removeYes}
            </button>
          </div>
        </div>
      ) : (
        <button type="button" class="link danger" onClick={() => setAsking(true)}>
          <Icon name="trash" />
          {refusal.remove}
        </button>
      )}
    </div>
  );
}
