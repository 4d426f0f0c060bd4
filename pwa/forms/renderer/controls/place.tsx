/** Where the person stands, from the phone's own positioning: `lat lon altitude accuracy`. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { Icon } from "../icon.tsx";
import type { ControlProps } from "../question.ts";

const PATIENCE = 30_000;

export function PlaceControl({
  question,
  id,
  describedBy,
  set,
  refuse,
}: ControlProps): JSX.Element {
  const words = useWords();
  const [isFinding, setFinding] = useState(false);
  const [latitude, longitude, , accuracy] = question.value.split(" ");
  const ask = (): void => {
    setFinding(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setFinding(false);
        refuse(null);
        set(
          `${coords.latitude.toFixed(6)} ${coords.longitude.toFixed(6)} ${(coords.altitude ?? 0).toFixed(1)} ${coords.accuracy.toFixed(1)}`,
        );
      },
      () => {
        setFinding(false);
        refuse(words.controls.placeFailed, true);
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    );
  };
  return (
    <div class="control actions">
      {question.value !== "" && (
        <p class="picked">
          <Icon name="pin" />
          <span>
            {latitude}, {longitude}
          </span>
        </p>
      )}
      <p class="hint" role="status">
        {isFinding
          ? words.controls.placing
          : question.value !== ""
            ? words.controls.placed(String(Math.round(Number(accuracy))))
            : ""}
      </p>
      {!question.isReadonly && (
        <button
          id={id}
          type="button"
          class="button second"
          disabled={isFinding}
          aria-describedby={describedBy}
          onClick={ask}
        >
          <Icon name="pin" />
          {words.controls.place}
        </button>
      )}
    </div>
  );
}
