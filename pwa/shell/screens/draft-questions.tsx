/** The questions of one page, what a screen shows of them first and the rest in idle moments. */
import type { JSX } from "preact";
import { Ask, type Asker } from "../../forms/renderer/ask.tsx";
import { useGradually } from "../../forms/renderer/gradually.ts";
import { Words as Text } from "../../forms/renderer/markdown.tsx";
import type { Page, Shown } from "../../forms/renderer/page.ts";
import { useWords } from "../../language/context.ts";

/** Pixels: no question is lower, and no note; so much of a screen belongs to what stands around them. */
const [QUESTION, NOTE, AROUND] = [132, 90, 245];

export interface QuestionsProps {
  page: Page;
  form: Asker;
  next(): void;
  /** Nobody sees them yet: no more is drawn than will be seen first. */
  isAhead: boolean;
}

export function Questions({ page, isAhead, ...around }: QuestionsProps): JSX.Element {
  // Unlike the height of the window this is known without laying out the page.
  let room = screen.height - AROUND;
  const filled = page.items.findIndex(({ element }) => {
    room -= element.as === "note" ? NOTE : QUESTION;
    return room < 0;
  });
  const atOnce = filled < 0 ? page.items.length : filled + 1;
  const drawn = useGradually(isAhead ? atOnce : page.items.length, atOnce, page.key);
  return <Items items={page.items.slice(0, drawn)} isAlone={!page.isList} {...around} />;
}

function Items({
  items,
  form,
  next,
  isAlone,
}: Pick<QuestionsProps, "form" | "next"> & {
  items: readonly Shown[];
  isAlone: boolean;
}): JSX.Element {
  const words = useWords();
  return (
    <>
      {items.map((item) => {
        if (item.element.as === "group") {
          return (
            <fieldset key={item.ref} class="form-group">
              {item.label !== "" && (
                <legend>
                  <Text text={item.label} />
                </legend>
              )}
              <Items items={item.items ?? []} form={form} next={next} isAlone={false} />
            </fieldset>
          );
        }
        return (
          <Ask key={item.ref} item={item} form={form} words={words} isAlone={isAlone} next={next} />
        );
      })}
    </>
  );
}
