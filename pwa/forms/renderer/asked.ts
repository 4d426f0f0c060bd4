/**
 * Takes the phone's position where a form wants it without a question (`odk:setgeopoint`). The browser
 * asks the person first; who says no, or gets no fix within a minute, is not asked again.
 */
import { asked } from "../engine/asked.ts";
import type { Form } from "../engine/index.ts";
import { fixOf } from "./controls/position.ts";

const PATIENCE = 60_000;

/**
 * @param set answers a question
 * @returns to be called after each change: looks for what is wanted and not there yet
 */
export function finder(
  form: Form,
  set: (ref: string, value: string) => void,
  geolocation: Pick<Geolocation, "getCurrentPosition"> | undefined = navigator.geolocation,
): () => void {
  let isOver = geolocation === undefined;
  return () => {
    if (isOver || asked(form).length === 0) return;
    isOver = true;
    geolocation?.getCurrentPosition(
      ({ coords }) => {
        isOver = false;
        const { text } = fixOf(coords);
        for (const ref of asked(form)) set(ref, text);
      },
      () => undefined,
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
  };
}
