/** One page of a form: a question, a few that belong together, or the list of a repeat's entries. */
import type { ComponentChildren, JSX } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { Words as Text } from "../../forms/renderer/markdown.tsx";
import { neighbour, type Page, questionsIn, stops } from "../../forms/renderer/page.ts";
import { elementId } from "../../forms/renderer/question.ts";
import { useWords } from "../../language/context.ts";
import { FormFrame } from "../design/form-frame.tsx";
import { Notice } from "../design/parts.tsx";
import { useProcedureName } from "../procedure-name.ts";
import { useAhead } from "./draft-ahead.ts";
import { EntryList } from "./draft-entries.tsx";
import { CHECK, type DraftProps } from "./draft-places.ts";
import { Questions } from "./draft-questions.tsx";

export function DraftPage({
  filling,
  go,
  leave,
  page,
  isFromCheck,
  warning,
}: DraftProps & { page: Page; isFromCheck: boolean; warning: ComponentChildren }): JSX.Element {
  const words = useWords();
  // The window's name is kept in the browser's history: no question in it, for it may name somebody.
  const nameOf = useProcedureName();
  const [wrong, setWrong] = useState<string[]>([]);
  const { pages } = filling.walk();
  const asked = stops(pages);
  const at = asked.findIndex((one) => one.key === page.key);
  useEffect(() => {
    filling.stand(page.key);
    // The same as before, where nothing was wrong: another list would draw the page twice.
    setWrong((before) => (before.length > 0 ? [] : before));
  }, [page.key, filling]);

  const following = (): string => neighbour(filling.walk().pages, page.key, 1)?.key ?? CHECK;
  const move = (): void => {
    if (isFromCheck) {
      go(CHECK);
      return;
    }
    const wasTyping = isTextInput(document.activeElement);
    go(following());
    if (wasTyping) focusText();
  };
  const next = (): void => {
    const found = filling.tell(page.items);
    setWrong(found);
    if (found.length === 0) {
      move();
      return;
    }
    const target = page.isList ? "fault-summary" : elementId(found[0] ?? "");
    requestAnimationFrame(() =>
      (
        document.getElementById(target) ?? document.querySelector<HTMLElement>(".wrong h1")
      )?.focus(),
    );
  };
  const back = (): void => {
    if (isFromCheck) go(CHECK, { replace: true });
    else {
      const before = neighbour(pages, page.key, -1);
      if (before) go(before.key, { replace: true });
      else leave();
    }
  };
  // The questions keep the function they were first given, so it must find the newest.
  const newest = useRef(next);
  newest.current = next;
  const onward = useCallback(() => newest.current(), []);
  const isLast = at === asked.length - 1;
  const mayWait =
    wrong.length > 0 &&
    wrong.every((ref) => !filling.refusals.has(ref) && isEmpty(page, ref, filling));
  useLayoutEffect(() => {
    // Entries, what is told above the questions, and the names of groups may change with any answer.
    const isMore = page.kind === "entries" || page.items.some((item) => item.items);
    if (isMore || wrong.length > 0 || warning) return undefined;
    return filling.stage(() => [page.title, ...page.sections].join("\n"));
  });
  const isAhead = page.kind === "entries";
  const ahead = useAhead(filling, page);
  const shown = isAhead ? ahead : { page, form: filling };
  const entry = shown?.page.entry;
  const section = page.entry
    ? `${page.entry.label} – ${words.controls.entry(page.entry.at)}`
    : (page.sections[page.sections.length - 1] ?? filling.draft.applicant.name);
  return (
    <FormFrame
      title={nameOf(filling.draft.procedure)}
      at={page.key}
      progress={{
        text: words.form.question(at + 1, asked.length),
        section,
        part: (at + 1) / asked.length,
      }}
      leave={leave}
    >
      {warning}
      {filling.draft.supplement && <SupplementNote filling={filling} page={page} />}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        {page.kind === "entries" && <EntryList filling={filling} page={page} go={go} />}
        {shown && (
          <div
            key={shown.page.key}
            class={`${shown.page.isList ? "field-list" : ""}${isAhead ? " ahead" : ""}`}
          >
            {shown.page.isList && (
              <h1 class="form-group-title" tabIndex={-1}>
                <Text text={shown.page.title} />
              </h1>
            )}
            {page.isList && wrong.length > 0 && (
              <div id="fault-summary" tabIndex={-1} class="question">
                <Notice tone="danger" role="alert">
                  <p>
                    <strong>{words.form.errorTitle}</strong>
                  </p>
                  <ul>
                    {wrong.map((ref) => (
                      <li key={ref}>
                        <a href={`#${elementId(ref)}`}>{labelOf(page, ref)}</a>
                      </li>
                    ))}
                  </ul>
                </Notice>
              </div>
            )}
            <Questions {...shown} next={onward} isAhead={isAhead} />
            {!isAhead && mayWait && (
              <p class="question">
                <button type="button" class="link" onClick={move}>
                  {words.form.skip}
                </button>
              </p>
            )}
            {entry?.isOpen && (isAhead || isFirstOfEntry(pages, page)) && (
              <p class="question">
                <button
                  type="button"
                  class="link danger"
                  onClick={() => {
                    filling.removeEntry(entry.ref);
                    go(`${entry.repeat}[]`, { replace: true });
                  }}
                >
                  <Icon name="trash" />
                  {words.controls.removeEntry}
                </button>
              </p>
            )}
          </div>
        )}
        <div class="form-actions">
          <div>
            <button type="button" class="button second" onClick={back}>
              <Icon name="back" />
              {words.form.back}
            </button>
            <button type="submit" class="button">
              {isFromCheck ? words.form.backToCheck : isLast ? words.form.toCheck : words.form.next}
            </button>
          </div>
        </div>
      </form>
    </FormFrame>
  );
}

/** The clerk's words above the question they are about. */
function SupplementNote({
  filling,
  page,
}: {
  filling: DraftProps["filling"];
  page: Page;
}): JSX.Element {
  const words = useWords();
  const { supplement } = filling.draft;
  const notes = (supplement?.items ?? []).filter(
    (item) => item.note && questionsIn(page.items).some((one) => one.ref === item.path),
  );
  return (
    <Notice tone="attention">
      <p>
        <strong>{words.dossiers.supplementTitle}</strong>
      </p>
      <p>{supplement?.sentence}</p>
      {notes.map((item) => (
        <p key={item.path}>{item.note}</p>
      ))}
    </Notice>
  );
}

function labelOf(page: Page, ref: string): string {
  return questionsIn(page.items).find((item) => item.ref === ref)?.label ?? ref;
}

function isEmpty(page: Page, ref: string, filling: DraftProps["filling"]): boolean {
  const item = questionsIn(page.items).find((one) => one.ref === ref);
  return item !== undefined && filling.question(item).value === "";
}

function isFirstOfEntry(pages: readonly Page[], page: Page): boolean {
  return pages.find((one) => one.entry?.ref === page.entry?.ref)?.key === page.key;
}

function isTextInput(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === "text";
}

/** From one typed answer to the next without leaving the keyboard. */
function focusText(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const input = document.querySelector<HTMLElement>("main form input");
      if (isTextInput(input) && input?.getAttribute("role") !== "combobox") input?.focus();
    }),
  );
}
