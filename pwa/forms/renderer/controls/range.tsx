/** A number on a scale from `start` to `end` by `step`; empty until the person touches it. */
import type { JSX } from "preact";
import { useWords } from "../../../language/context.ts";
import type { ControlProps } from "../question.ts";

export function RangeControl({
  question,
  id,
  describedBy,
  isWrong,
  set,
}: ControlProps): JSX.Element {
  const words = useWords();
  const { start = 0, end = 10, step = 1 } = question.element.params ?? {};
  const isEmpty = question.value === "";
  return (
    <div class="control">
      <output class="range-value" for={id}>
        {isEmpty ? "–" : question.value.replace(".", ",")}
      </output>
      <input
        id={id}
        type="range"
        min={String(start)}
        max={String(end)}
        step={String(step)}
        value={isEmpty ? String(start) : question.value}
        disabled={question.isReadonly}
        aria-valuetext={isEmpty ? words.form.unanswered : question.value}
        aria-describedby={describedBy}
        aria-invalid={isWrong || undefined}
        onInput={(event) => set(event.currentTarget.value)}
        onClick={(event) => isEmpty && set(event.currentTarget.value)}
      />
      <div class="range-ends" aria-hidden="true">
        <span>{start}</span>
        <span>{end}</span>
      </div>
    </div>
  );
}
