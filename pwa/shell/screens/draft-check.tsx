/** Check your answers: every answer by section with a way to change it, photos in small, faults first. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { Words as Text } from "../../forms/renderer/markdown.tsx";
import {
  firstFaultPage,
  type Page,
  pageOfRef,
  questionsIn,
  type Shown,
  stops,
} from "../../forms/renderer/page.ts";
import { Picture } from "../../forms/renderer/picture.tsx";
import { isPicture, shownAnswer } from "../../forms/renderer/summary.ts";
import { useLanguage, useWords } from "../../language/context.ts";
import { pick } from "../../language/messages.ts";
import { useAround } from "../app-context.ts";
import { FormFrame } from "../design/form-frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { addressOf } from "../router.ts";
import { CARRY, CHECK, DECLARE, type DraftProps } from "./draft-places.ts";
import { LostAnswers } from "./lost-answers.tsx";

interface Section {
  title: string;
  lines: { page: Page; item: Shown }[];
}

/** The answered and unanswered questions in the sections they were asked in; notes left out. */
export function sectionsOf(
  pages: readonly Page[],
  general: string,
  entryName: (label: string, at: number) => string,
): Section[] {
  return pages.reduce<Section[]>((sections, page) => {
    if (page.kind === "entries") return sections;
    const title = page.entry
      ? entryName(page.entry.label, page.entry.at)
      : (page.sections[0] ?? (page.isList && page.title !== "" ? page.title : general));
    const lines = questionsIn(page.items)
      .filter((item) => item.element.as !== "note")
      .map((item) => ({ page, item }));
    const last = sections[sections.length - 1];
    if (last && last.title === title) last.lines.push(...lines);
    else if (lines.length > 0) sections.push({ title, lines });
    return sections;
  }, []);
}

export function CheckScreen({
  filling,
  go,
  leave,
  warning,
}: DraftProps & { warning: ComponentChildren }): JSX.Element {
  const { state } = useAround();
  const words = useWords();
  const language = useLanguage();
  const { pages } = filling.walk();
  const faults = filling.faults();
  const lost = filling.draft.carried?.lost ?? [];
  const sections = sectionsOf(
    pages,
    words.check.general,
    (label, at) => `${label} – ${words.controls.entry(at)}`,
  );
  const procedure = state.catalogue?.procedures.find((one) => one.code === filling.draft.procedure);
  useEffect(() => filling.stand(CHECK), [filling]);
  const asked = stops(pages);
  const last = asked[asked.length - 1];
  const mend = (): void => {
    const page = firstFaultPage(pages, faults);
    if (!page) return;
    filling.tell(page.items);
    go(page.key, { isFromCheck: true });
  };
  return (
    <FormFrame title={words.check.title} at={CHECK} progress={null} leave={leave}>
      {warning}
      <div>
        <Heading>{words.check.title}</Heading>
        <p class="lead">{words.check.lead}</p>
        {filling.draft.applicant.name !== "" && (
          <p class="soft">
            {procedure && pick(procedure.name, language)} –{" "}
            {words.form.for(filling.draft.applicant.name)}
          </p>
        )}
      </div>
      {filling.draft.declined === procedure?.form && procedure && (
        <Notice>
          <p>{words.carried.later}</p>
          <a href={`${addressOf("drafts", filling.draft.id)}?${CARRY}=`}>{words.carried.look}</a>
        </Notice>
      )}
      {faults.length > 0 && (
        <Notice tone="attention">
          <p>
            <strong>{words.check.missing(faults.length)}</strong>
          </p>
          <ul>
            {faults.slice(0, 5).map((fault) => {
              const page = pageOfRef(pages, fault.ref);
              const item = page && questionsIn(page.items).find((one) => one.ref === fault.ref);
              return (
                item && (
                  <li key={fault.ref}>
                    <button
                      type="button"
                      class="link"
                      onClick={() => {
                        filling.tell(page.items);
                        go(page.key, { isFromCheck: true });
                      }}
                    >
                      <Text text={item.label} />
                    </button>
                  </li>
                )
              );
            })}
          </ul>
        </Notice>
      )}
      <div class="check-list">
        {sections.map((section, at) => (
          <section key={`${section.title} ${at}`}>
            <h2 class="section-title">{section.title}</h2>
            <dl class="card answers">
              {section.lines.map(({ page, item }) => (
                <Line key={item.ref} page={page} item={item} filling={filling} go={go} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      {lost.length > 0 && (
        <LostAnswers
          title={words.carried.keptTitle}
          lead={words.carried.keptLead}
          lost={lost}
          host={filling.host}
        />
      )}
      <div class="form-actions">
        <div>
          <button
            type="button"
            class="button second"
            onClick={() => {
              if (last) go(last.key, { replace: true });
            }}
          >
            <Icon name="back" />
            {words.form.back}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => (faults.length > 0 ? mend() : go(DECLARE))}
          >
            {faults.length > 0 ? words.check.missingButton : words.check.next}
          </button>
        </div>
      </div>
    </FormFrame>
  );
}

function Line({
  page,
  item,
  filling,
  go,
}: { page: Page; item: Shown } & Pick<DraftProps, "filling" | "go">): JSX.Element {
  const words = useWords();
  const question = filling.question(item);
  const isMissing = question.value === "" && question.isRequired;
  return (
    <div>
      <dt>
        <Text text={question.label} />
      </dt>
      <dd class={isMissing ? "missing" : undefined}>
        {isPicture(question, filling.host) ? (
          <Picture
            class="thumb"
            host={filling.host}
            name={question.value}
            alt={words.controls.photoOf(question.label)}
          />
        ) : (
          shownAnswer(question, words, filling.host) || words.form.unanswered
        )}
      </dd>
      {!question.isReadonly && (
        <dd class="change">
          <button type="button" class="link" onClick={() => go(page.key, { isFromCheck: true })}>
            {words.check.change}
            <span class="said">: {question.label}</span>
          </button>
        </dd>
      )}
    </div>
  );
}
