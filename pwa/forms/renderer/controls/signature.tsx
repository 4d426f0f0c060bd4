/**
 * A signature or a drawing made with the finger, kept as a picture on white; or a photo of one on paper, for
 * those who sign with a pen or a fingerprint and for those who use no pointer.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { codeOf, reasonWords } from "../../../language/messages.ts";
import { type AllWords, useAllWords } from "../../../language/rare.ts";
import { Icon } from "../icon.tsx";
import { Picture } from "../picture.tsx";
import { type ControlProps, hasAppearance } from "../question.ts";
import { PhotoControl } from "./photo.tsx";

const SCALE = 2;

/** Draws a stroke as curves through the middles of its points. */
export function drawStroke(
  context: Pick<
    CanvasRenderingContext2D,
    "lineTo" | "quadraticCurveTo" | "moveTo" | "beginPath" | "stroke"
  >,
  points: readonly [number, number][],
): void {
  const [first, ...rest] = points;
  if (!first) return;
  context.beginPath();
  context.moveTo(first[0], first[1]);
  if (rest.length === 0) context.lineTo(first[0] + 0.1, first[1]);
  let before = first;
  for (const point of rest) {
    context.quadraticCurveTo(
      before[0],
      before[1],
      (before[0] + point[0]) / 2,
      (before[1] + point[1]) / 2,
    );
    before = point;
  }
  context.lineTo(before[0], before[1]);
  context.stroke();
}

function signing({ controls }: AllWords): AllWords["draw"] {
  return {
    hint: controls.signHint,
    pad: controls.sign,
    clear: controls.signClear,
    keep: controls.signKeep,
    kept: controls.signed,
    upload: controls.signUpload,
  };
}

export function SignatureControl(props: ControlProps): JSX.Element {
  const { question, host, refuse } = props;
  const words = useAllWords();
  const texts = hasAppearance(question, "signature") ? signing(words) : words.draw;
  const canvas = useRef<HTMLCanvasElement>(null);
  const stroke = useRef<[number, number][] | null>(null);
  const [isDrawn, setDrawn] = useState(false);

  const wipe = (): void => {
    const pad = canvas.current;
    const context = pad?.getContext("2d");
    if (!pad || !context) return;
    pad.width = pad.clientWidth * SCALE;
    pad.height = pad.clientHeight * SCALE;
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, pad.width, pad.height);
    context.strokeStyle = "#14172b";
    context.lineWidth = 2.5 * SCALE;
    context.lineCap = "round";
    context.lineJoin = "round";
    setDrawn(false);
  };
  useEffect(wipe, [question.value]);

  const pointOf = (event: PointerEvent): [number, number] => [
    event.offsetX * SCALE,
    event.offsetY * SCALE,
  ];
  const draw = (event: PointerEvent): void => {
    const context = canvas.current?.getContext("2d");
    if (!stroke.current || !context) return;
    stroke.current.push(pointOf(event));
    drawStroke(context, stroke.current.slice(-4));
  };
  const begin = (event: PointerEvent): void => {
    canvas.current?.setPointerCapture(event.pointerId);
    stroke.current = [];
    draw(event);
    setDrawn(true);
  };
  const keep = (): void => {
    const pad = canvas.current;
    if (!pad) return;
    pad.toBlob(
      (blob) => {
        if (!blob) return;
        host.keepDrawing(question.ref, { blob, width: pad.width, height: pad.height }).then(
          () => refuse(null),
          (error: unknown) => refuse(reasonWords(words, codeOf(error)), true),
        );
      },
      "image/jpeg",
      0.8,
    );
  };
  if (question.value !== "") {
    return (
      <div class="control actions">
        <div class="photo-frame has-photo paper">
          <Picture host={host} name={question.value} alt={texts.kept} />
        </div>
        {!question.isReadonly && (
          <button
            type="button"
            class="button second"
            onClick={() => void host.dropPage(question.ref)}
          >
            <Icon name="edit" />
            {texts.clear}
          </button>
        )}
      </div>
    );
  }
  return (
    <div class="control actions">
      {question.hint === "" && <p class="hint">{texts.hint}</p>}
      <canvas
        ref={canvas}
        class="pad"
        role="img"
        aria-label={texts.pad}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={() => {
          stroke.current = null;
        }}
        onPointerCancel={() => {
          stroke.current = null;
        }}
      />
      <div class="two">
        <button type="button" class="button second" disabled={!isDrawn} onClick={wipe}>
          {texts.clear}
        </button>
        <button type="button" class="button" disabled={!isDrawn} onClick={keep}>
          <Icon name="check" />
          {texts.keep}
        </button>
      </div>
      <details class="guidance">
        <summary>{texts.upload}</summary>
        <PhotoControl {...props} id={`${props.id}-paper`} />
      </details>
    </div>
  );
}
