/**
 * A date in three boxes, day first, with the number keyboard; month and year, or the year alone,
 * where the form asks for no more. A full box hands the focus on.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { type DateParts, dateOf, partsOf, precisionOf } from "../dates.ts";
import type { ControlProps } from "../question.ts";

type Part = keyof DateParts;

export function DateControl(props: ControlProps): JSX.Element {
  const { question, id, describedBy, isWrong, set, refuse } = props;
  const words = useWords();
  const precision = precisionOf(question.element.appearance);
  const [parts, setParts] = useState(() => partsOf(question.value));
  const boxes = useRef<Partial<Record<Part, HTMLInputElement | null>>>({});
  const asked: Part[] =
    precision === "year"
      ? ["year"]
      : precision === "month"
        ? ["month", "year"]
        : ["day", "month", "year"];

  useEffect(() => {
    if (question.value !== "" && question.value !== dateOf(parts, precision))
      setParts(partsOf(question.value));
  }, [question.value]);

  const change = (part: Part, text: string): void => {
    const digits = text.replace(/\D/g, "").slice(0, part === "year" ? 4 : 2);
    const now = { ...parts, [part]: digits };
    setParts(now);
    const value = dateOf(now, precision);
    refuse(value === undefined ? words.faults.date : null);
    set(value ?? "");
    const following = asked[asked.indexOf(part) + 1];
    if (digits.length === 2 && part !== "year" && following) boxes.current[following]?.focus();
  };
  return (
    <div class="control date-boxes">
      {asked.map((part, at) => (
        <div key={part}>
          <label class="label" for={at === 0 ? id : `${id}-${part}`}>
            {words.controls[part]}
          </label>
          <input
            ref={(box) => {
              boxes.current[part] = box;
            }}
            id={at === 0 ? id : `${id}-${part}`}
            class="field"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            enterkeyhint="next"
            maxLength={part === "year" ? 4 : 2}
            value={parts[part]}
            readOnly={question.isReadonly}
            aria-describedby={describedBy}
            aria-invalid={isWrong || undefined}
            onInput={(event) => change(part, event.currentTarget.value)}
          />
        </div>
      ))}
    </div>
  );
}
