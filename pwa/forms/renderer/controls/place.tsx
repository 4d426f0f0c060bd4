/** Where the person stands: `latitude longitude altitude accuracy`, with the accuracy told meanwhile. */
import type { JSX } from "preact";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import type { ControlProps } from "../question.ts";
import { demandsOf, type Positioning, usePositioning } from "./position.ts";

/** Degrees as people read them, five places after the comma: about a metre. */
export function shownPlace(text: string): string {
  return text
    .split(" ")
    .slice(0, 2)
    .map((degrees) => Number(degrees).toFixed(5))
    .join(", ");
}

/** While searching: how good the place is by now, and the buttons to take it or leave it. */
export function Searching({
  positioning,
  rough,
}: {
  positioning: Positioning;
  rough: number;
}): JSX.Element {
  const words = useAllWords();
  const { fix, keep, stop } = positioning;
  const metres = String(Math.round(fix?.accuracy ?? 0));
  return (
    <>
      <p class="hint" role="status">
        {fix === null
          ? words.controls.placing
          : fix.accuracy > rough
            ? words.position.rough(metres)
            : words.position.within(metres)}
      </p>
      <div class="two">
        <button type="button" class="button second" onClick={stop}>
          {words.position.stop}
        </button>
        <button type="button" class="button" disabled={fix === null} onClick={keep}>
          <Icon name="check" />
          {words.position.keep}
        </button>
      </div>
    </>
  );
}

export function PlaceControl({
  question,
  id,
  describedBy,
  set,
  refuse,
}: ControlProps): JSX.Element {
  const words = useAllWords();
  const { good, rough } = demandsOf(question.element.params);
  const positioning = usePositioning(
    good,
    (fix) => {
      refuse(null);
      set(fix.text);
    },
    () => refuse(words.controls.placeFailed, true),
  );
  const accuracy = question.value.split(" ")[3] ?? "0";
  const has = question.value !== "";
  return (
    <div class="control actions">
      {has && (
        <p class="picked">
          <Icon name="pin" />
          <span>{shownPlace(question.value)}</span>
        </p>
      )}
      {positioning.isFinding ? (
        <Searching positioning={positioning} rough={rough} />
      ) : (
        <>
          <p class="hint" role="status">
            {has && words.controls.placed(String(Math.round(Number(accuracy))))}
          </p>
          {!question.isReadonly && (
            <button
              id={id}
              type="button"
              class={has ? "button second" : "button"}
              aria-describedby={describedBy}
              onClick={positioning.start}
            >
              <Icon name="pin" />
              {has ? words.position.again : words.controls.place}
            </button>
          )}
          {has && !question.isReadonly && (
            <button type="button" class="link danger" onClick={() => set("")}>
              <Icon name="trash" />
              {words.position.clear}
            </button>
          )}
        </>
      )}
    </div>
  );
}
