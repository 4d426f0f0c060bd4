/**
 * A line or the outline of an area, walked: at each turn the person adds the point where they stand.
 * An outline closes itself. What is too short to be a line or an area is kept while they walk on.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import { lineOf, pointsOf } from "../points.ts";
import type { ControlProps } from "../question.ts";
import { Searching, shownPlace } from "./place.tsx";
import { demandsOf, usePositioning } from "./position.ts";

export function TraceControl({
  question,
  id,
  describedBy,
  set,
  refuse,
}: ControlProps): JSX.Element {
  const words = useAllWords();
  const isArea = question.type === "geoshape";
  const [points, setPoints] = useState(() => pointsOf(question.value, isArea));
  const { good, rough } = demandsOf(question.element.params);
  const change = (now: string[]): void => {
    setPoints(now);
    const value = lineOf(now, isArea);
    const short = isArea ? words.position.moreShape : words.position.moreTrace;
    refuse(value === undefined ? short : null);
    set(value ?? "");
  };
  // Whoever leaves a line half walked has not answered; that must not hold them up elsewhere.
  useEffect(() => () => refuse(null), []);
  const positioning = usePositioning(
    good,
    (fix) => change([...points, fix.text]),
    () => refuse(words.controls.placeFailed, true),
  );
  return (
    <div class="control actions">
      <p class="hint">{isArea ? words.position.shapeHint : words.position.traceHint}</p>
      {points.length > 0 && (
        <ol class="points">
          {points.map((point, at) => (
            <li key={at}>
              <Icon name="pin" />
              <span>
                {words.position.point(at + 1)}: {shownPlace(point)}
              </span>
            </li>
          ))}
        </ol>
      )}
      <p class="hint" role="status">
        {points.length > 0 && words.kept.points(points.length)}
      </p>
      {positioning.isFinding ? (
        <Searching positioning={positioning} rough={rough} />
      ) : (
        !question.isReadonly && (
          <>
            <button
              id={id}
              type="button"
              class="button"
              aria-describedby={describedBy}
              onClick={positioning.start}
            >
              <Icon name="plus" />
              {words.position.addPoint}
            </button>
            {points.length > 0 && (
              <button type="button" class="link danger" onClick={() => change(points.slice(0, -1))}>
                <Icon name="trash" />
                {words.position.removePoint}
              </button>
            )}
          </>
        )
      )}
    </div>
  );
}
