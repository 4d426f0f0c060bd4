/**
 * One or several of a few choices, as large cards with the whole card to press. Radio buttons and
 * check boxes underneath, so keyboard and screen reader find what they know.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { Words } from "../markdown.tsx";
import { type ControlProps, hasAppearance } from "../question.ts";

/** A space-separated value with one choice added or taken out, in the order of the choices. */
export function toggled(value: string, choice: string, order: readonly string[]): string {
  const chosen = new Set(value.split(" ").filter(Boolean));
  if (!chosen.delete(choice)) chosen.add(choice);
  return order.filter((name) => chosen.has(name)).join(" ");
}

export function ChooseControl({
  question,
  id,
  describedBy,
  isWrong,
  set,
  next,
}: ControlProps): JSX.Element {
  const [focused, setFocused] = useState<string | null>(null);
  const isMany = question.element.as === "select";
  const chosen = isMany ? question.value.split(" ") : [question.value];
  const layout = hasAppearance(question, "likert")
    ? "choices likert"
    : (question.element.appearance ?? []).some((word) => word.startsWith("columns"))
      ? "choices columns"
      : "choices";

  const press = (value: string): void => {
    if (question.isReadonly) return;
    set(
      isMany
        ? toggled(
            question.value,
            value,
            question.choices.map((choice) => choice.value),
          )
        : value,
    );
    if (!isMany && hasAppearance(question, "quick")) next();
  };
  return (
    <div class={`control ${layout}`}>
      {question.choices.map((choice, at) => {
        const isChosen = chosen.includes(choice.value);
        const states = `${isChosen ? " chosen" : ""}${focused === choice.value ? " focused" : ""}`;
        return (
          <label key={choice.value} class={`choice${states}`}>
            <input
              id={at === 0 ? id : `${id}-${at}`}
              type={isMany ? "checkbox" : "radio"}
              name={id}
              value={choice.value}
              checked={isChosen}
              disabled={question.isReadonly}
              aria-describedby={describedBy}
              aria-invalid={(isMany && isWrong) || undefined}
              onChange={() => press(choice.value)}
              onFocus={() => setFocused(choice.value)}
              onBlur={() => setFocused(null)}
            />
            <span class="tick">
              <Icon name="check" />
            </span>
            <span>
              {choice.image && <img src={choice.image} alt="" />}
              <Words text={choice.label} />
            </span>
          </label>
        );
      })}
    </div>
  );
}
