/**
 * Two texts of the same questions: what this phone wanted to send and what the agency has meanwhile,
 * side by side. A person chooses one of the two for each question, and what was chosen goes again.
 * Neither is lost before that.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { hiddenQuestion, keptAnswer } from "../../forms/renderer/reopened.ts";
import { openForm, questionOf, type Draft as SavedForm } from "../../forms/renderer/session.ts";
import { shownAnswer } from "../../forms/renderer/summary.ts";
import { useLanguage } from "../../language/context.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { type AllWords, useAllWords } from "../../language/rare.ts";
import { readDraft } from "../../store/drafts.ts";
import type { Store } from "../../store/schema.ts";
import { loadForm } from "../../sync/catalogue.ts";
import { decided } from "../../sync/deciding.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { useApp } from "../app-context.ts";
import { Cards } from "../design/fields.tsx";
import { openDraft } from "../opening.ts";

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

type Choice = "mine" | "theirs";

export function Conflict({ item }: { item: JournalItem }): JSX.Element | null {
  const { app } = useApp();
  const words = useAllWords();
  const language = useLanguage();
  const [found, setFound] = useState<Difference[]>([]);
  const [choices, setChoices] = useState<{ readonly [ref: string]: Choice }>({});
  const [isMissing, setMissing] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
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
  const { draft } = item;
  if (found.length === 0 || draft === null) return null;
  const send = async (): Promise<void> => {
    setMissing(true);
    if (found.some(({ ref }) => !choices[ref])) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>(".wrong input")?.focus());
      return;
    }
    setSending(true);
    try {
      const nothing = (): void => undefined;
      const filling = await openDraft(app.store, draft, language, nothing, nothing);
      if (!filling) return;
      const theirs = found.filter(({ ref }) => choices[ref] === "theirs").map(({ ref }) => ref);
      await decided(app.store, item, filling.draft, filling.answers(), theirs);
      await app.read(["drafts", "journal"]);
      void app.sendNow();
    } catch (error) {
      setProblem(reasonWords(words, codeOf(error)));
      setSending(false);
    }
  };
  return (
    <form
      class="card"
      aria-labelledby="conflict"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSending) void send();
      }}
    >
      <h2 id="conflict" class="section-title">
        {words.conflict.title}
      </h2>
      <p>{words.deciding.lead}</p>
      {found.map(({ ref, label, mine, theirs }, at) => (
        <Cards
          key={ref}
          id={`choice-${at}`}
          legend={label}
          fault={isMissing && !choices[ref] ? words.deciding.missing : undefined}
          options={[
            { value: "mine", label: mine, hint: words.conflict.mine },
            { value: "theirs", label: theirs, hint: words.conflict.theirs },
          ]}
          value={choices[ref] ?? ""}
          set={(value) => setChoices({ ...choices, [ref]: value as Choice })}
        />
      ))}
      <div role="alert">{problem && <p class="fault">{problem}</p>}</div>
      <button type="submit" class="button" disabled={isSending}>
        {words.deciding.send}
      </button>
    </form>
  );
}
