/** A text as a QR code, drawn as one path. The coder is fetched when a code is first shown. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

/** Bytes that the largest code holds at its lowest correction, which a clean screen needs no more of. */
const MOST = 2900;
/** White around the code, in modules. */
const QUIET = 4;

interface Drawing {
  side: number;
  path: string;
}

/** Rows of dark modules → one path of horizontal strokes, one unit to a module. */
export function pathOf(side: number, isDark: (row: number, column: number) => boolean): string {
  let path = "";
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      let length = 0;
      while (column + length < side && isDark(row, column + length)) length++;
      if (length > 0) path += `M${column + QUIET} ${row + QUIET}h${length}v1h-${length}z`;
      column += length;
    }
  }
  return path;
}

/** The code, undefined when the text is longer than any code holds. */
async function drawn(text: string): Promise<Drawing | undefined> {
  if (text.length > MOST) return undefined;
  const { default: coder } = await import("qrcode-generator");
  const code = coder(0, "L");
  code.addData(text);
  code.make();
  const side = code.getModuleCount();
  return { side: side + 2 * QUIET, path: pathOf(side, (row, column) => code.isDark(row, column)) };
}

export function Qr({ text, label }: { text: string; label: string }): JSX.Element | null {
  const [drawing, setDrawing] = useState<Drawing | undefined>(undefined);
  useEffect(() => {
    let isGone = false;
    drawn(text).then(
      (made) => !isGone && setDrawing(made),
      // Not on the phone yet: the words beside it say the same.
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [text]);
  if (!drawing) return null;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${drawing.side} ${drawing.side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={drawing.path} />
    </svg>
  );
}
