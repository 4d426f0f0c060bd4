/**
 * One or several of a few choices, as large cards with the whole card to press. Radio buttons and
 * check boxes underneath, so keyboard and screen reader find what they know.
 */
import { Component, type JSX } from "preact";
import { useCallback, useRef } from "preact/hooks";
import { Listen } from "../listen.tsx";
import { Words } from "../markdown.tsx";
import { type Choice, type ControlProps, type Host, hasAppearance } from "../question.ts";

/** A space-separated value with one choice added or taken out, in the order of the choices. */
export function toggled(value: string, choice: string, order: readonly string[]): string {
  const chosen = new Set(value.split(" ").filter(Boolean));
  if (!chosen.delete(choice)) chosen.add(choice);
  return order.filter((name) => chosen.has(name)).join(" ");
}

/** More columns than this leave no room for words on a phone. */
const MOST_COLUMNS = 3;

/** A scale of more steps does not fit into one row: its words would break. */
const MOST_STEPS = 4;

/** Appearances → how the cards lie: one below the other unless the form asks for something else. */
export function layoutOf(appearance: readonly string[] = [], count = 0): string {
  const columns = appearance.map((word) => /^columns-(\d+)$/.exec(word)?.[1]).find(Boolean);
  const has = (...words: string[]): boolean => words.some((word) => appearance.includes(word));
  const layout = has("likert", "list", "list-nolabel", "horizontal", "horizontal-compact")
    ? count > MOST_STEPS
      ? ""
      : "likert"
    : has("columns-pack", "compact", "quickcompact")
      ? "pack"
      : columns !== undefined
        ? `columns-${Math.min(Number(columns), MOST_COLUMNS)}`
        : appearance.some((word) => /^(columns|compact-\d+)/.test(word))
          ? "columns"
          : "";
  return ["choices", layout, has("no-buttons") ? "bare" : ""].filter(Boolean).join(" ");
}

export function ChooseControl({
  question,
  id,
  describedBy,
  isWrong,
  host,
  set,
  next,
}: ControlProps): JSX.Element {
  const isMany = question.element.as === "select";
  const chosen = isMany ? question.value.split(" ") : [question.value];
  const press = (value: string): void => {
    if (question.isReadonly) return;
    const order = question.choices.map((choice) => choice.value);
    set(isMany ? toggled(question.value, value, order) : value);
    const isQuick = hasAppearance(question, "quick") || hasAppearance(question, "quickcompact");
    if (!isMany && isQuick) next();
  };
  // The cards keep the function they were first given, so it must find the newest.
  const newest = useRef(press);
  newest.current = press;
  const pressed = useCallback((value: string) => newest.current(value), []);
  return (
    <div class={`control ${layoutOf(question.element.appearance, question.choices.length)}`}>
      {question.choices.map((choice, at) => (
        <Card
          key={choice.value}
          choice={choice}
          host={host}
          id={at === 0 ? id : `${id}-${at}`}
          name={id}
          isMany={isMany}
          isChosen={chosen.includes(choice.value)}
          isReadonly={question.isReadonly}
          describedBy={describedBy}
          isWrong={isWrong}
          press={pressed}
        />
      ))}
    </div>
  );
}

interface CardProps {
  choice: Choice;
  host: Host;
  id: string;
  name: string;
  isMany: boolean;
  isChosen: boolean;
  isReadonly: boolean;
  describedBy: string | undefined;
  isWrong: boolean;
  press(value: string): void;
}

/** Drawn again only when something about it has changed: of a dozen cards a press changes two. */
class Card extends Component<CardProps, { isFocused: boolean }> {
  override state = { isFocused: false };

  override shouldComponentUpdate(next: CardProps, { isFocused }: { isFocused: boolean }): boolean {
    const names = Object.keys(next) as (keyof CardProps)[];
    return (
      isFocused !== this.state.isFocused || names.some((name) => next[name] !== this.props[name])
    );
  }

  override render(): JSX.Element {
    const { choice, host, id, name, isMany, isChosen, press } = this.props;
    const picture = host.mediaAddress(choice.media?.image);
    const sound = host.mediaAddress(choice.media?.audio);
    const { isFocused } = this.state;
    const card = (
      <label class={`choice${isChosen ? " chosen" : ""}${isFocused ? " focused" : ""}`}>
        <input
          id={id}
          type={isMany ? "checkbox" : "radio"}
          name={name}
          value={choice.value}
          checked={isChosen}
          disabled={this.props.isReadonly}
          aria-describedby={this.props.describedBy}
          aria-invalid={(isMany && this.props.isWrong) || undefined}
          onChange={() => press(choice.value)}
          onFocus={() => this.setState({ isFocused: true })}
          onBlur={() => this.setState({ isFocused: false })}
        />
        <span class="tick" />
        <span>
          {picture && <img src={picture} alt="" />}
          <Words text={choice.label} />
        </span>
      </label>
    );
    return sound ? (
      <div class="choice-with-sound">
        {card}
        <Listen text="" audio={sound} about={choice.label} />
      </div>
    ) : (
      card
    );
  }
}
