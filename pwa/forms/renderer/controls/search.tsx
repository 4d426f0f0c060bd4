/**
 * One of many choices (communes, ethnic groups, countries): type a few letters, with or without
 * diacritics, and press a line. Several of many are in picks.tsx, over the same list. At most `SHOWN` lines are drawn however long the list is. Follows
 * the combobox pattern: arrows move, Enter takes, Escape empties the search.
 */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { find, indexOf } from "../fold.ts";
import { useGradually } from "../gradually.ts";
import { Icon, type IconName } from "../icon.tsx";
import { plain } from "../markdown.tsx";
import type { ControlProps } from "../question.ts";

const SHOWN = 40;
/** Lines that can be seen without scrolling, and one more. */
const SEEN = 8;

export function SearchControl(props: ControlProps): JSX.Element {
  const { question, id, describedBy, set } = props;
  const words = useWords();
  const [isChanging, setChanging] = useState(false);
  const chosen = question.choices.find((choice) => choice.value === question.value);
  if (!chosen || (isChanging && !question.isReadonly)) {
    const take = (value: string): void => {
      set(value);
      setChanging(false);
      requestAnimationFrame(() => document.getElementById(`${id}-change`)?.focus());
    };
    return <SearchList {...props} values={[question.value]} isHere={isChanging} take={take} />;
  }
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
          onClick={() => setChanging(true)}
        >
          <Icon name="search" />
          {words.controls.changeChoice}
        </button>
      )}
    </div>
  );
}

/** The box to search in and the lines it finds. */
export function SearchList({
  question,
  id,
  describedBy,
  isWrong,
  values,
  isHere = false,
  take,
  iconOf,
  children,
}: ControlProps & {
  values: readonly string[];
  /** The person has asked for it: the focus goes there. */
  isHere?: boolean;
  take(value: string): void;
  /** What stands before a line. */
  iconOf?(value: string): IconName;
  /** Above the box. */
  children?: ComponentChildren;
}): JSX.Element {
  const words = useWords();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const index = useMemo(
    () => indexOf(question.choices, (choice) => plain(choice.label)),
    [question.choices],
  );
  const { found, more } = useMemo(() => find(index, query, SHOWN), [index, query]);
  const drawn = useGradually(found.length, SEEN, found);
  useEffect(() => {
    if (isHere) input.current?.focus();
  }, []);

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
  return (
    <div class="control">
      {children}
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
        aria-multiselectable={iconOf && true}
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
            {iconOf && <Icon name={iconOf(choice.value)} />}
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
