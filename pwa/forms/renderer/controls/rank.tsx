/** Choices put in order with an up and a down button each: no dragging, so any hand can do it. */
import type { JSX } from "preact";
import { useWords } from "../../../language/context.ts";
import { Icon } from "../icon.tsx";
import type { ControlProps } from "../question.ts";

/** The value with the choice at `at` moved by one place; choices not in the value keep their order behind it. */
export function moved(order: readonly string[], at: number, step: -1 | 1): string[] {
  const now = order.slice();
  const [taken] = now.splice(at, 1);
  if (taken !== undefined) now.splice(at + step, 0, taken);
  return now;
}

export function RankControl({ question, id, describedBy, set }: ControlProps): JSX.Element {
  const words = useWords();
  const ranked = question.value.split(" ").filter(Boolean);
  const names = ranked.concat(
    question.choices.map((choice) => choice.value).filter((name) => !ranked.includes(name)),
  );
  const labelOf = (name: string): string =>
    question.choices.find((choice) => choice.value === name)?.label ?? name;
  return (
    <div class="control">
      <p class="hint">{words.controls.rankHint}</p>
      <ol class="ranked steps" id={id} aria-describedby={describedBy}>
        {names.map((name, at) => (
          <li key={name}>
            <span>{labelOf(name)}</span>
            <button
              type="button"
              disabled={at === 0}
              aria-label={words.controls.up(labelOf(name))}
              onClick={() => set(moved(names, at, -1).join(" "))}
            >
              <Icon name="up" />
            </button>
            <button
              type="button"
              disabled={at === names.length - 1}
              aria-label={words.controls.down(labelOf(name))}
              onClick={() => set(moved(names, at, 1).join(" "))}
            >
              <Icon name="down" />
            </button>
          </li>
        ))}
      </ol>
      {ranked.length === 0 && (
        <button type="button" class="button second" onClick={() => set(names.join(" "))}>
          {words.controls.rankKeep}
        </button>
      )}
    </div>
  );
}
