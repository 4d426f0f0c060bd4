/**
 * A photo of a paper: by camera or from a file, shown as kept, taken again or removed. The frame has
 * its height from the start, so nothing jumps when the picture arrives. The draft is saved before the
 * camera opens, since a small phone may drop the app meanwhile.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { size } from "../../../language/formats.ts";
import { codeOf, reasonWords } from "../../../language/messages.ts";
import { Icon } from "../icon.tsx";
import { Picture } from "../picture.tsx";
import { type ControlProps, hasAppearance } from "../question.ts";

export function PhotoControl({
  question,
  id,
  describedBy,
  isWrong,
  host,
  refuse,
}: ControlProps): JSX.Element {
  const words = useWords();
  const [isWorking, setWorking] = useState(false);
  const has = question.value !== "";
  const kept = has ? host.sizeOf(question.value) : undefined;

  const run = async (work: () => Promise<void>): Promise<void> => {
    setWorking(true);
    try {
      await work();
      refuse(null);
    } catch (error) {
      refuse(reasonWords(words, codeOf(error)), true);
    } finally {
      setWorking(false);
    }
  };
  const take = (input: HTMLInputElement): void => {
    const file = input.files?.[0];
    input.value = "";
    if (file) void run(() => host.keepPhoto(question.ref, file));
  };
  const chooser = (kind: "camera" | "file"): JSX.Element => (
    <div class="chooser">
      <input
        id={kind === "camera" ? id : `${id}-file`}
        class="said"
        type="file"
        accept="image/*"
        capture={kind === "camera" ? "environment" : undefined}
        disabled={isWorking}
        aria-describedby={describedBy}
        aria-invalid={isWrong || undefined}
        onClick={() => void host.flush()}
        onChange={(event) => take(event.currentTarget)}
      />
      <label
        class={kind === "camera" && !has ? "button" : "button second"}
        for={kind === "camera" ? id : `${id}-file`}
      >
        <Icon name={kind === "camera" ? "camera" : "image"} />
        {kind === "file"
          ? words.controls.fromFile
          : has
            ? words.controls.retake
            : words.controls.photo}
      </label>
    </div>
  );
  return (
    <div class="control">
      <div class={has && !isWorking ? "photo-frame has-photo" : "photo-frame"}>
        {isWorking ? (
          <p>{words.controls.working}</p>
        ) : has ? (
          <Picture host={host} name={question.value} alt={words.controls.photoOf(question.label)} />
        ) : (
          <div>
            <Icon name="paper" />
            <p>{words.controls.photoHint}</p>
          </div>
        )}
      </div>
      <p class="said" role="status">
        {isWorking
          ? words.controls.working
          : kept !== undefined
            ? words.controls.photoKept(size(kept))
            : ""}
      </p>
      {!question.isReadonly && (
        <div class="actions">
          {hasAppearance(question, "new") ? (
            chooser("camera")
          ) : (
            <div class="two">
              {chooser("camera")}
              {chooser("file")}
            </div>
          )}
          {has && (
            <button
              type="button"
              class="link danger"
              disabled={isWorking}
              onClick={() => void run(() => host.dropPage(question.ref))}
            >
              <Icon name="trash" />
              {words.controls.remove}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
