/**
 * A number on a scale from `start` to `end` by `step`; empty until the person touches it. A slider
 * with a button at each end for those who cannot hold a slider still; stars or a list where the form
 * asks for them.
 */
import type { JSX } from "preact";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import { type ControlProps, hasAppearance } from "../question.ts";

export interface Scale {
  start: number;
  end: number;
  step: number;
}

const MOST_LINES = 200;

export function scaleOf(params: { readonly [name: string]: unknown } = {}): Scale {
  const number = (name: string, other: number): number => {
    const value = Number(params[name] ?? other);
    return Number.isFinite(value) ? value : other;
  };
  return {
    start: number("start", 1),
    end: number("end", 10),
    step: Math.abs(number("step", 1)) || 1,
  };
}

/** The lexical form of a number on the scale: as many decimals as start and step have. */
export function onScale(value: number, { start, step }: Scale): string {
  const decimals = (of: number): number => (String(of).split(".")[1] ?? "").length;
  return value.toFixed(Math.max(decimals(start), decimals(step)));
}

/** The value one step on, from the start when there is none; never beyond either end. */
export function stepped(value: string, scale: Scale, by: -1 | 1): string {
  const direction = scale.start <= scale.end ? 1 : -1;
  if (value === "") return onScale(by > 0 ? scale.start : scale.end, scale);
  const low = Math.min(scale.start, scale.end);
  const high = Math.max(scale.start, scale.end);
  const now = Number(value) + by * direction * scale.step;
  return onScale(Math.min(high, Math.max(low, now)), scale);
}

/** Every value of the scale from its start. */
export function valuesOf(scale: Scale): string[] {
  const count = Math.floor(Math.abs(scale.end - scale.start) / scale.step + 1e-9) + 1;
  const sign = scale.start <= scale.end ? 1 : -1;
  return Array.from({ length: Math.min(count, MOST_LINES) }, (_, at) =>
    onScale(scale.start + sign * at * scale.step, scale),
  );
}

const shown = (value: string): string => value.replace(".", ",");

export function RangeControl(props: ControlProps): JSX.Element {
  const { question, set } = props;
  const words = useAllWords();
  const scale = scaleOf(question.element.params);
  return (
    <div class="control">
      {hasAppearance(question, "picker") ? (
        <Picker {...props} scale={scale} />
      ) : hasAppearance(question, "rating") ? (
        <Stars {...props} scale={scale} />
      ) : (
        <Slider {...props} scale={scale} />
      )}
      {question.value !== "" && !question.isReadonly && (
        <button type="button" class="link" onClick={() => set("")}>
          <Icon name="close" />
          {words.scale.clear}
        </button>
      )}
    </div>
  );
}

type ScaleProps = ControlProps & { scale: Scale };

function Slider({ question, id, describedBy, isWrong, set, scale }: ScaleProps): JSX.Element {
  const words = useAllWords();
  const isEmpty = question.value === "";
  const move = (by: -1 | 1, label: string): JSX.Element => (
    <button
      type="button"
      class="round"
      disabled={question.isReadonly}
      aria-label={label}
      onClick={() => set(stepped(question.value, scale, by))}
    >
      {by < 0 ? "−" : "+"}
    </button>
  );
  return (
    <>
      <output class="range-value" for={id}>
        {isEmpty ? "–" : shown(question.value)}
      </output>
      <div class="range-line">
        {move(-1, words.scale.less)}
        <input
          id={id}
          type="range"
          class={isEmpty ? "empty" : undefined}
          min={String(Math.min(scale.start, scale.end))}
          max={String(Math.max(scale.start, scale.end))}
          step={String(scale.step)}
          value={isEmpty ? String(scale.start) : question.value}
          disabled={question.isReadonly}
          aria-valuetext={isEmpty ? words.form.unanswered : shown(question.value)}
          aria-describedby={describedBy}
          aria-invalid={isWrong || undefined}
          onInput={(event) => set(event.currentTarget.value)}
          onClick={(event) => isEmpty && set(event.currentTarget.value)}
        />
        {move(1, words.scale.more)}
      </div>
      <div class="range-ends" aria-hidden="true">
        <span>{shown(String(Math.min(scale.start, scale.end)))}</span>
        <span>{shown(String(Math.max(scale.start, scale.end)))}</span>
      </div>
    </>
  );
}

function Picker({ question, id, describedBy, isWrong, set, scale }: ScaleProps): JSX.Element {
  const words = useAllWords();
  return (
    <select
      id={id}
      class="field short"
      value={question.value}
      disabled={question.isReadonly}
      aria-describedby={describedBy}
      aria-invalid={isWrong || undefined}
      onChange={(event) => set(event.currentTarget.value)}
    >
      <option value="">{words.scale.choose}</option>
      {valuesOf(scale).map((value) => (
        <option key={value} value={value}>
          {shown(value)}
        </option>
      ))}
    </select>
  );
}

function Stars({ question, id, describedBy, set, scale }: ScaleProps): JSX.Element {
  const words = useAllWords();
  const values = valuesOf(scale);
  return (
    <fieldset class="stars" aria-label={question.label} aria-describedby={describedBy}>
      {values.map((value, at) => {
        const isLit = question.value !== "" && Number(value) <= Number(question.value);
        return (
          <button
            key={value}
            id={at === 0 ? id : `${id}-${at}`}
            type="button"
            class={isLit ? "round lit" : "round"}
            disabled={question.isReadonly}
            aria-pressed={value === question.value}
            aria-label={words.scale.stars(at + 1, values.length)}
            onClick={() => set(value)}
          >
            ★
          </button>
        );
      })}
    </fieldset>
  );
}
