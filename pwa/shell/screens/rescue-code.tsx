/** A message as codes that follow each other on the screen until the other phone has enough of them. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAllWords } from "../../language/rare.ts";
import { framesOf } from "../../relay/frames.ts";
import { staysAwake } from "../../relay/passing.ts";
import { Heading } from "../design/parts.tsx";
import { Qr } from "../design/qr.tsx";

/** Long enough for a slow camera to look once. */
const FRAME = 300;

export function MovingCode({ message, stop }: { message: Blob; stop(): void }): JSX.Element {
  const { rescue } = useAllWords();
  const [text, setText] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    let isGone = false;
    const sleep = staysAwake();
    void message
      .arrayBuffer()
      .then((bytes) => framesOf(new Uint8Array(bytes)))
      .then((frame) => {
        if (isGone) return;
        let number = 0;
        const next = (): void => setText(frame(number++));
        next();
        timer = setInterval(next, FRAME);
      });
    return () => {
      isGone = true;
      clearInterval(timer);
      sleep();
    };
  }, [message]);
  return (
    <>
      <Heading>{rescue.showing}</Heading>
      <Qr text={text} label={rescue.code} />
      <p>{rescue.showingHint}</p>
      <p class="small soft">{rescue.textOnly}</p>
      <div class="actions">
        <button type="button" class="button" onClick={stop}>
          {rescue.stop}
        </button>
      </div>
    </>
  );
}
