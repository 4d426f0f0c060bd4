/** The camera on another phone's moving code, until the message stands. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { startScan } from "../../capture/scan.ts";
import { useAllWords } from "../../language/rare.ts";
import { FILE_TYPE } from "../../relay/container.ts";
import { FrameReader } from "../../relay/frames.ts";
import { staysAwake } from "../../relay/passing.ts";

export function CodeReader({
  found,
  stop,
}: {
  found(file: Blob): void;
  /** @param why words when the camera may not be used; null when the person stopped */
  stop(why: string | null): void;
}): JSX.Element {
  const { relay } = useAllWords();
  const video = useRef<HTMLVideoElement>(null);
  const [progress, setProgress] = useState<FrameReader["progress"]>(null);
  useEffect(() => {
    if (!video.current) return undefined;
    let isGone = false;
    let end: (() => void) | undefined;
    const reader = new FrameReader();
    const sleep = staysAwake();
    const read = async (text: string): Promise<void> => {
      const message = await reader.read(text);
      if (isGone) return;
      setProgress(reader.progress);
      if (!message) return;
      isGone = true;
      end?.();
      found(new Blob([message], { type: FILE_TYPE }));
    };
    const seen = (text: string): true => {
      void read(text);
      return true;
    };
    startScan(video.current, seen).then(
      (stopIt) => {
        end = stopIt;
        if (isGone) stopIt();
      },
      () => !isGone && stop(relay.refused),
    );
    return () => {
      isGone = true;
      end?.();
      sleep();
    };
  }, []);
  return (
    <section aria-label={relay.scan}>
      <video ref={video} class="scanner" muted playsInline aria-label={relay.aim} />
      <p role="status">{progress ? relay.progress(progress.known, progress.count) : relay.aim}</p>
      {progress && (
        <div class="gauge" aria-hidden="true">
          <span style={{ transform: `scaleX(${progress.known / progress.count})` }} />
        </div>
      )}
      <button type="button" class="button second" onClick={() => stop(null)}>
        {relay.stop}
      </button>
    </section>
  );
}
