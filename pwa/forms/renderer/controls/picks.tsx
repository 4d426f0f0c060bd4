/** Several of many choices: what is chosen stands above the list that is searched. */
import type { JSX } from "preact";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import { plain } from "../markdown.tsx";
import type { Choice, ControlProps } from "../question.ts";
import { toggled } from "./choose.tsx";
import { SearchList } from "./search.tsx";

export function PicksControl(props: ControlProps): JSX.Element {
  const { question, set } = props;
  const values = question.value.split(" ").filter(Boolean);
  const toggle = (value: string): void => {
    if (question.isReadonly) return;
    const order = question.choices.map((choice) => choice.value);
    set(toggled(question.value, value, order));
  };
  return (
    <SearchList
      {...props}
      values={values}
      take={toggle}
      iconOf={(value) => (values.includes(value) ? "check" : "plus")}
    >
      <Picks
        picked={question.choices.filter((choice) => values.includes(choice.value))}
        isReadonly={question.isReadonly}
        drop={toggle}
      />
    </SearchList>
  );
}

/** What is chosen of a long list, each with a button to take it out. */
function Picks({
  picked,
  isReadonly,
  drop,
}: {
  picked: readonly Choice[];
  isReadonly: boolean;
  drop(value: string): void;
}): JSX.Element {
  const words = useAllWords();
  return (
    <>
      <p class="hint" role="status">
        {picked.length === 0 ? words.picks.none : words.picks.count(picked.length)}
      </p>
      <ul class="picks">
        {picked.map((choice) => (
          <li key={choice.value}>
            <button
              type="button"
              disabled={isReadonly}
              aria-label={words.picks.remove(plain(choice.label))}
              onClick={() => drop(choice.value)}
            >
              {plain(choice.label)}
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
