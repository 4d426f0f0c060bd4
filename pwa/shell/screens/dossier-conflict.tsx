/**
 * Two texts of the same questions: what this phone wanted to send and what the agency has meanwhile,
 * side by side, so that a person can decide. Neither is lost.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Words as Text } from "../../forms/renderer/markdown.tsx";
import { hiddenQuestion, keptAnswer } from "../../forms/renderer/reopened.ts";
import { openForm, questionOf, type Draft as SavedForm } from "../../forms/renderer/session.ts";
import { shownAnswer } from "../../forms/renderer/summary.ts";
import { useLanguage } from "../../language/context.ts";
import { type AllWords, useAllWords } from "../../language/rare.ts";
import { readDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/schema.ts";
import { loadForm } from "../../sync/catalogue.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { useApp } from "../app-context.ts";

export interface Difference {
  ref: string;
  label: string;
  mine: string;
  theirs: string;
}

/** `theirs` as the verdict gave it: references and the server's text of each; anything else is none. */
export function textsOf(theirs: unknown): [ref: string, text: string][] {
  if (typeof theirs !== "object" || theirs === null) return [];
  return Object.entries(theirs).filter(
    (pair): pair is [string, string] => typeof pair[1] === "string",
  );
}

async function differences(
  store: Store,
  item: JournalItem,
  language: string,
  words: AllWords,
): Promise<Difference[]> {
  const draft = item.draft === null ? undefined : await readDraft(store, item.draft);
  if (!draft) return [];
  const { definition, resources } = await loadForm(store.shared, draft.form, language);
  const saved = draft.answers as SavedForm;
  const form = await openForm({ definition, resources, language, draft: saved });
  return textsOf(item.theirs).flatMap(([ref, text]) => {
    const shown = hiddenQuestion(form, ref);
    const own = keptAnswer(form, ref);
    if (!shown || own === text) return [];
    const question = questionOf(form, shown);
    const isPage = shown.element.as === "upload";
    const said = (value: string): string =>
      value === ""
        ? words.form.unanswered
        : isPage
          ? words.conflict.page
          : shownAnswer({ ...question, value }, words);
    return [{ ref, label: question.label, mine: said(own), theirs: said(text) }];
  });
}

export function Conflict({ item }: { item: JournalItem }): JSX.Element | null {
  const { app } = useApp();
  const words = useAllWords();
  const language = useLanguage();
  const [found, setFound] = useState<Difference[]>([]);
  useEffect(() => {
    let isGone = false;
    differences(app.store, item, language, words).then(
      (told) => !isGone && setFound(told),
      // Without its form the conflict is told in words alone.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [app.store, item.id, language]);
  if (found.length === 0) return null;
  return (
    <section class="card" aria-labelledby="conflict">
      <h2 id="conflict" class="section-title">
        {words.conflict.title}
      </h2>
      <p>{words.conflict.lead}</p>
      {found.map(({ ref, label, mine, theirs }) => (
        <div key={ref} class="question">
          <p class="label">
            <Text text={label} />
          </p>
          <dl class="beside">
            <div>
              <dt class="small soft">{words.conflict.mine}</dt>
              <dd>{mine}</dd>
            </div>
            <div>
              <dt class="small soft">{words.conflict.theirs}</dt>
              <dd>{theirs}</dd>
            </div>
          </dl>
        </div>
      ))}
    </section>
  );
}
