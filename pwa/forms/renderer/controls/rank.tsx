/** Choices put in order with an up and a down button each: no dragging, so any hand can do it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import { plain } from "../markdown.tsx";
import type { ControlProps } from "../question.ts";

/** The value with the choice at `at` moved by one place; choices not in the value keep their order behind it. */
export function moved(order: readonly string[], at: number, step: -1 | 1): string[] {
  const now = order.slice();
  const [taken] = now.splice(at, 1);
  if (taken !== undefined) now.splice(at + step, 0, taken);
  return now;
}

export function RankControl({ question, id, describedBy, set }: ControlProps): JSX.Element {
  const words = useAllWords();
  const [told, setTold] = useState("");
  const ranked = question.value.split(" ").filter(Boolean);
  const names = ranked.concat(
    question.choices.map((choice) => choice.value).filter((name) => !ranked.includes(name)),
  );
  const labelOf = (name: string): string =>
    plain(question.choices.find((choice) => choice.value === name)?.label ?? name);
  const button = (name: string, step: -1 | 1): string =>
    `${id}-${question.choices.findIndex((choice) => choice.value === name)}-${step}`;
  const move = (name: string, at: number, step: -1 | 1): void => {
    set(moved(names, at, step).join(" "));
    setTold(words.rankAt(labelOf(name), at + step + 1));
    // Moving a line in the page takes the focus off its button, and at either end the button rests.
    const isAtEnd = at + step === (step < 0 ? 0 : names.length - 1);
    const stay = button(name, isAtEnd ? (-step as -1 | 1) : step);
    requestAnimationFrame(() => document.getElementById(stay)?.focus());
  };
  return (
    <div class="control">
      <p class="hint">{words.controls.rankHint}</p>
      <ol class="ranked steps" id={id} aria-describedby={describedBy}>
        {names.map((name, at) => (
          <li key={name}>
            <span>{labelOf(name)}</span>
            {([-1, 1] as const).map((step) => (
              <button
                key={step}
                id={button(name, step)}
                type="button"
                disabled={question.isReadonly || at === (step < 0 ? 0 : names.length - 1)}
                aria-label={words.controls[step < 0 ? "up" : "down"](labelOf(name))}
                onClick={() => move(name, at, step)}
              >
                <Icon name={step < 0 ? "up" : "down"} />
              </button>
            ))}
          </li>
        ))}
      </ol>
      <p class="said" role="status">
        {told}
      </p>
      {ranked.length === 0 && !question.isReadonly && (
        <button type="button" class="button second" onClick={() => set(names.join(" "))}>
          {words.controls.rankKeep}
        </button>
      )}
    </div>
  );
}
