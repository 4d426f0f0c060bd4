/** A bar code or QR code: read by the camera where that works, typed everywhere. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { startScan } from "../../../capture/scan.ts";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import type { ControlProps } from "../question.ts";

export function CodeControl({
  question,
  id,
  describedBy,
  isWrong,
  set,
  refuse,
}: ControlProps): JSX.Element {
  const words = useAllWords();
  const [isScanning, setScanning] = useState(false);
  const [told, setTold] = useState("");
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    if (!isScanning || !video.current) return undefined;
    let isGone = false;
    let stop: (() => void) | undefined;
    const found = (code: string): void => {
      setScanning(false);
      setTold(words.scan.found);
      refuse(null);
      set(code);
    };
    startScan(video.current, found).then(
      (stopIt) => {
        stop = stopIt;
        if (isGone) stop();
      },
      () => {
        setScanning(false);
        refuse(words.scan.refused, true);
      },
    );
    return () => {
      isGone = true;
      stop?.();
    };
  }, [isScanning]);

  const canScan = navigator.mediaDevices !== undefined && !question.isReadonly;
  return (
    <div class="control actions">
      <input
        id={id}
        class="field"
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        value={question.value}
        readOnly={question.isReadonly}
        aria-describedby={describedBy}
        aria-invalid={isWrong || undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <p class="hint" role="status">
        {isScanning ? words.scan.aim : told}
      </p>
      {isScanning && (
        <video ref={video} class="scanner" muted playsInline aria-label={words.scan.aim} />
      )}
      {canScan && (
        <button
          type="button"
          class="button second"
          onClick={() => {
            setTold("");
            setScanning(!isScanning);
          }}
        >
          <Icon name={isScanning ? "close" : "scan"} />
          {isScanning ? words.scan.stop : words.scan.start}
        </button>
      )}
    </div>
  );
}
