/**
 * One of many choices (communes, ethnic groups, countries): type a few letters, with or without
 * diacritics, and press a line. At most `SHOWN` lines are drawn however long the list is. Follows
 * the combobox pattern: arrows move, Enter takes, Escape empties the search.
 */
import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { find, indexOf } from "../fold.ts";
import { useGradually } from "../gradually.ts";
import { Icon } from "../icon.tsx";
import { plain } from "../markdown.tsx";
import type { Choice, ControlProps } from "../question.ts";
import { toggled } from "./choose.tsx";

const SHOWN = 40;
/** Lines that can be seen without scrolling, and one more. */
const SEEN = 8;

export function SearchControl({
  question,
  id,
  describedBy,
  isWrong,
  set,
}: ControlProps): JSX.Element {
  const words = useWords();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(-1);
  const [isChanging, setChanging] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const index = useMemo(
    () => indexOf(question.choices, (choice) => plain(choice.label)),
    [question.choices],
  );
  const { found, more } = useMemo(() => find(index, query, SHOWN), [index, query]);
  const isMany = question.element.as === "select";
  const values = isMany ? question.value.split(" ").filter(Boolean) : [question.value];
  const picked = question.choices.filter((choice) => values.includes(choice.value));
  const chosen = isMany ? undefined : picked[0];
  const isOpen = !chosen || (isChanging && !question.isReadonly);
  const drawn = useGradually(isOpen ? found.length : 0, SEEN, found);

  const toggle = (value: string): void => {
    const order = question.choices.map((choice) => choice.value);
    set(toggled(question.value, value, order));
  };
  const take = (value: string): void => {
    if (isMany) {
      toggle(value);
      return;
    }
    set(value);
    setChanging(false);
    setQuery("");
    setActive(-1);
    requestAnimationFrame(() => document.getElementById(`${id}-change`)?.focus());
  };
  const move = (step: number): void => {
    const now = Math.max(0, Math.min(found.length - 1, active + step));
    setActive(now);
    const line = list.current?.children[now] as HTMLElement | undefined;
    if (line && list.current) list.current.scrollTop = line.offsetTop - list.current.offsetTop - 60;
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const line = found[active] ?? (query !== "" && found.length === 1 ? found[0] : undefined);
      if (line || query !== "") event.preventDefault();
      if (line) take(line.value);
    } else if (event.key === "Escape" && query !== "") {
      setQuery("");
      setActive(-1);
    }
  };
  if (chosen && !isOpen) {
    return (
      <div class="control">
        <p class="picked">
          <Icon name="check" />
          <span>
            <b class="said">{words.controls.chosen}: </b>
            {plain(chosen.label)}
          </span>
        </p>
        {!question.isReadonly && (
          <button
            id={`${id}-change`}
            class="link"
            type="button"
            aria-describedby={describedBy}
            onClick={() => {
              setChanging(true);
              requestAnimationFrame(() => input.current?.focus());
            }}
          >
            <Icon name="search" />
            {words.controls.changeChoice}
          </button>
        )}
      </div>
    );
  }
  return (
    <div class="control">
      {isMany && <Picks picked={picked} isReadonly={question.isReadonly} drop={toggle} />}
      <div class="search">
        <Icon name="search" />
        <input
          ref={input}
          id={id}
          type="text"
          role="combobox"
          autoComplete="off"
          placeholder={words.controls.list}
          aria-expanded={true}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `${id}-line-${active}` : undefined}
          aria-describedby={describedBy}
          aria-invalid={isWrong || undefined}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setActive(-1);
          }}
          onKeyDown={press}
        />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        class="options"
        role="listbox"
        aria-label={plain(question.label)}
        aria-multiselectable={isMany || undefined}
      >
        {found.slice(0, drawn).map((choice, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the focus stays in the search box, whose keys move and take
          <div
            key={choice.value}
            id={`${id}-line-${at}`}
            role="option"
            tabIndex={-1}
            class={at === active ? "active" : undefined}
            aria-selected={values.includes(choice.value)}
            onClick={() => take(choice.value)}
          >
            {isMany && <Icon name={values.includes(choice.value) ? "check" : "plus"} />}
            {plain(choice.label)}
          </div>
        ))}
      </div>
      <p class="count" role="status">
        {found.length === 0
          ? words.controls.noMatch
          : more > 0
            ? words.controls.moreMatches(more)
            : words.controls.matches(found.length)}
      </p>
    </div>
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
  const words = useWords();
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
