/** The entries of a repeat: each with its first answers, to change or delete, and one more to add. */
import type { JSX } from "preact";
import { Icon } from "../../forms/renderer/icon.tsx";
import { Words as Text } from "../../forms/renderer/markdown.tsx";
import { type Page, pageOfRef, questionsIn } from "../../forms/renderer/page.ts";
import { Picture } from "../../forms/renderer/picture.tsx";
import { isPicture, shownAnswer } from "../../forms/renderer/summary.ts";
import { useWords } from "../../language/context.ts";
import type { DraftProps } from "./draft-places.ts";

const TOLD = 3;

export function EntryList({
  filling,
  page,
  go,
}: Pick<DraftProps, "filling" | "go"> & { page: Page }): JSX.Element {
  const words = useWords();
  const repeat = page.items[0];
  const entries = repeat?.entries ?? [];
  const open = (ref: string): void => {
    const first = pageOfRef(filling.walk().pages, ref);
    if (first) go(first.key);
  };
  return (
    <>
      <h1 class="question-label" tabIndex={-1}>
        <Text text={words.controls.entriesTitle(page.title)} />
      </h1>
      {entries.length === 0 && <p class="hint">{words.controls.noEntries}</p>}
      <ol class="people control">
        {entries.map((entry, at) => {
          const answered = questionsIn(entry.items)
            .map((item) => filling.question(item))
            .filter((question) => question.value !== "");
          const picture = answered.find((question) => isPicture(question, filling.host));
          const answers = answered
            .filter((question) => !isPicture(question, filling.host))
            .slice(0, TOLD)
            .map((question) => shownAnswer(question, words, filling.host));
          return (
            <li key={entry.ref}>
              {picture && (
                <Picture
                  class="thumb"
                  host={filling.host}
                  name={picture.value}
                  alt={words.controls.photoOf(picture.label)}
                />
              )}
              <p class="row-title">{answers[0] ?? words.controls.entry(at + 1)}</p>
              {answers.length > 1 && <p class="soft small">{answers.slice(1).join(" · ")}</p>}
              <div class="instance-actions">
                <button type="button" class="link" onClick={() => open(entry.ref)}>
                  <Icon name="edit" />
                  {words.controls.edit}
                  <span class="said"> {words.controls.entry(at + 1)}</span>
                </button>
                <button
                  type="button"
                  class="link danger"
                  onClick={() => filling.removeEntry(entry.ref)}
                >
                  <Icon name="trash" />
                  {words.controls.removeEntry}
                  <span class="said"> {at + 1}</span>
                </button>
              </div>
            </li>
          );
        })}
      </ol>
      <p class="control">
        <button
          type="button"
          class="button second"
          onClick={(event) => {
            // A button that leaves with the focus makes the browser look over the half-drawn page.
            event.currentTarget.blur();
            if (repeat) open(filling.addEntry(repeat.ref));
          }}
        >
          <Icon name="plus" />
          {entries.length === 0 ? words.controls.addFirst : words.controls.addAnother}
        </button>
      </p>
    </>
  );
}
