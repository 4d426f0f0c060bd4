/** A video, or a document kept as it is; how large it may be is said before anything is chosen. */
import type { JSX } from "preact";
import { LARGEST_PAGE } from "../../../capture/media.ts";
import { size } from "../../../language/formats.ts";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import { Kept } from "../kept.tsx";
import { type ControlProps, hasAppearance } from "../question.ts";
import { Chooser } from "./chooser.tsx";
import { useKeeping } from "./keeping.ts";

const DOCUMENTS = "application/pdf,image/jpeg,image/png,image/webp,audio/*,video/*";

export function FileControl(props: ControlProps): JSX.Element {
  const { question, id, describedBy, isWrong, host, refuse } = props;
  const words = useAllWords();
  const { isWorking, run } = useKeeping(refuse);
  const asked = question.element.mediatype ?? "application/*";
  const isVideo = asked.startsWith("video/");
  const has = question.value !== "";
  const limit = size(LARGEST_PAGE);
  const take = (file: File): void =>
    void run(() => host.keepFile(question.ref, file, isVideo ? asked : "*/*"));
  const shared = {
    accept: isVideo ? "video/*" : DOCUMENTS,
    isWorking,
    describedBy,
    isWrong,
    host,
    refuse,
    take,
  };
  return (
    <div class="control actions">
      {has && <Kept host={host} name={question.value} label={question.label} />}
      <p class="hint" role="status">
        {isWorking
          ? words.file.working
          : isVideo
            ? words.file.videoLimit(limit)
            : words.file.limit(limit)}
      </p>
      {!question.isReadonly && (
        <>
          {isVideo && (
            <Chooser
              {...shared}
              id={id}
              label={words.file.film}
              icon="camera"
              capture={hasAppearance(question, "new-front") ? "user" : "environment"}
              isMain={!has}
            />
          )}
          {!(isVideo && hasAppearance(question, "new")) && (
            <Chooser
              {...shared}
              id={isVideo ? `${id}-file` : id}
              label={isVideo ? words.file.chooseVideo : has ? words.file.again : words.file.choose}
              icon="paper"
              isMain={!has && !isVideo}
            />
          )}
          {has && (
            <button
              type="button"
              class="link danger"
              disabled={isWorking}
              onClick={() => void run(() => host.dropPage(question.ref))}
            >
              <Icon name="trash" />
              {words.file.remove}
            </button>
          )}
        </>
      )}
    </div>
  );
}
