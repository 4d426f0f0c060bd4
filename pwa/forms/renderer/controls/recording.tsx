/**
 * Speaking instead of writing: recorded here, heard again, recorded anew; or a sound file that is on
 * the phone already. Low quality that is good for speech: ten minutes weigh less than 2 MB.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import { Kept } from "../kept.tsx";
import { type ControlProps, hasAppearance } from "../question.ts";
import { Chooser } from "./chooser.tsx";
import { useKeeping } from "./keeping.ts";

export const LONGEST_MINUTES = 10;
const BITS_PER_SECOND = 24_000;
const SECOND = 1000;

/** 75 → "1:15". */
export function elapsedWords(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function RecordingControl(props: ControlProps): JSX.Element {
  const { question, id, describedBy, isWrong, host, refuse } = props;
  const words = useAllWords();
  const { isWorking, run } = useKeeping(refuse);
  const keep = (sound: Blob): void => void run(() => host.keepFile(question.ref, sound, "audio/*"));
  const recorder = useRecorder(keep, () => refuse(words.recording.refused, true));
  const has = question.value !== "";
  const canRecord = typeof MediaRecorder !== "undefined" && navigator.mediaDevices !== undefined;
  return (
    <div class="control actions">
      {has && recorder.seconds === null && (
        <Kept host={host} name={question.value} label={question.label} />
      )}
      <p class="hint" role="status">
        {isWorking ? words.file.working : !has && words.recording.limit(LONGEST_MINUTES)}
      </p>
      {recorder.seconds !== null ? (
        <>
          <p class="recording">
            <Icon name="mic" />
            <span>{words.recording.now(elapsedWords(recorder.seconds))}</span>
          </p>
          <button id={id} type="button" class="button" onClick={recorder.stop}>
            <Icon name="stop" />
            {words.recording.stop}
          </button>
        </>
      ) : (
        !question.isReadonly && (
          <>
            {canRecord && (
              <button
                id={id}
                type="button"
                class={has ? "button second" : "button"}
                disabled={isWorking}
                aria-describedby={describedBy}
                onClick={() => {
                  void host.flush();
                  void recorder.start();
                }}
              >
                <Icon name="mic" />
                {has ? words.recording.again : words.recording.start}
              </button>
            )}
            {!(canRecord && hasAppearance(question, "new")) && (
              <Chooser
                id={canRecord ? `${id}-file` : id}
                label={words.recording.fromFile}
                icon="paper"
                accept="audio/*"
                isMain={false}
                {...{ isWorking, describedBy, isWrong, host, refuse }}
                take={keep}
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
                {words.recording.remove}
              </button>
            )}
          </>
        )
      )}
    </div>
  );
}

interface Recorder {
  /** Since the recording began; null while there is none. */
  seconds: number | null;
  start(): Promise<void>;
  stop(): void;
}

function useRecorder(done: (sound: Blob) => void, failed: () => void): Recorder {
  const [seconds, setSeconds] = useState<number | null>(null);
  const running = useRef<MediaRecorder | null>(null);
  const isGone = useRef(false);
  const stop = (): void => {
    if (running.current?.state === "recording") running.current.stop();
  };
  useEffect(
    () => () => {
      isGone.current = true;
      stop();
    },
    [],
  );
  useEffect(() => {
    if (seconds === null) return undefined;
    if (seconds >= LONGEST_MINUTES * 60) stop();
    const tick = setTimeout(() => setSeconds(seconds + 1), SECOND);
    return () => clearTimeout(tick);
  }, [seconds]);
  const start = async (): Promise<void> => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const recorder = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => void parts.push(data);
      recorder.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        running.current = null;
        // A recording is kept even when the person has gone on to the next question meanwhile.
        done(new Blob(parts, { type: recorder.mimeType || "audio/webm" }));
        if (!isGone.current) setSeconds(null);
      };
      running.current = recorder;
      recorder.start(SECOND);
      setSeconds(0);
    } catch {
      failed();
    }
  };
  return { seconds, start, stop };
}
