/**
 * A photo of a paper: by camera or from a file, shown as kept, taken again or removed. The frame has
 * its height from the start, so nothing jumps when the picture arrives. The draft is saved before the
 * camera opens, since a small phone may drop the app meanwhile.
 */
import type { JSX } from "preact";
import { useWords } from "../../../language/context.ts";
import { size } from "../../../language/formats.ts";
import { Icon } from "../icon.tsx";
import { Picture } from "../picture.tsx";
import { type ControlProps, hasAppearance } from "../question.ts";
import { Chooser } from "./chooser.tsx";
import { useKeeping } from "./keeping.ts";

export function PhotoControl({
  question,
  id,
  describedBy,
  isWrong,
  host,
  refuse,
}: ControlProps): JSX.Element {
  const words = useWords();
  const { isWorking, run } = useKeeping(refuse);
  const has = question.value !== "";
  const kept = has ? host.sizeOf(question.value) : undefined;
  const isFront = hasAppearance(question, "new-front");
  const shared = {
    ...{ accept: "image/*", isWorking, describedBy, isWrong, host, refuse },
    take: (file: File) => void run(() => host.keepPhoto(question.ref, file)),
  };
  const camera = (
    <Chooser
      {...shared}
      id={id}
      label={has ? words.controls.retake : words.controls.photo}
      icon="camera"
      capture={isFront ? "user" : "environment"}
      isMain={!has}
    />
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
            <Icon name={isFront ? "person" : "paper"} />
            {!isFront && <p>{words.controls.photoHint}</p>}
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
          {hasAppearance(question, "new") || isFront ? (
            camera
          ) : (
            <div class="two">
              {camera}
              <Chooser
                {...shared}
                id={`${id}-file`}
                label={words.controls.fromFile}
                icon="image"
                isMain={false}
              />
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
