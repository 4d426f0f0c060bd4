/**
 * The little Markdown that XLSForm labels may carry: **strong**, *emphasis* (or _…_), # headings,
 * [links](https://…) and line breaks. Built as nodes, never as HTML text, so a label can carry no
 * script; a link that is not http(s), mailto or tel stays plain text.
 */
import { Fragment, type JSX, type VNode } from "preact";
import { useMemo } from "preact/hooks";

type Piece = string | VNode;

const INLINE =
  /\*\*(.+?)\*\*|__(.+?)__|\*(\S(?:.*?\S)?)\*|(?<![\p{L}\p{N}])_(\S(?:.*?\S)?)_(?![\p{L}\p{N}])|\[([^\]]+)\]\(([^)\s]+)\)|\\([*_#[\]\\])/u;
const SAFE = /^(https?:|mailto:|tel:)/i;

/** One line of text as text and elements. */
export function inline(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (;;) {
    const match = INLINE.exec(rest);
    if (!match) break;
    if (match.index > 0) pieces.push(rest.slice(0, match.index));
    rest = rest.slice(match.index + match[0].length);
    const [whole, strong, strong2, em, em2, words, address, escaped] = match;
    if (strong ?? strong2) pieces.push(<strong>{inline(strong ?? strong2 ?? "")}</strong>);
    else if (em ?? em2) pieces.push(<em>{inline(em ?? em2 ?? "")}</em>);
    else if (escaped !== undefined) pieces.push(escaped);
    else if (words !== undefined && address !== undefined && SAFE.test(address)) {
      pieces.push(
        <a href={address} target="_blank" rel="noopener noreferrer">
          {words}
        </a>,
      );
    } else pieces.push(words ?? whole);
  }
  if (rest !== "") pieces.push(rest);
  return pieces;
}

/** The words alone, as they are read aloud or shown where no element may stand. */
export function plain(text: string): string {
  const said = (piece: Piece): string => {
    if (typeof piece === "string") return piece;
    const { children } = piece.props as { children?: Piece | Piece[] };
    const inner = children === undefined ? [] : Array.isArray(children) ? children : [children];
    return inner.map(said).join("");
  };
  return text
    .split(/\r?\n|<br\s*\/?>/)
    .map((line) =>
      inline(line.replace(/^#{1,6}\s+/, ""))
        .map(said)
        .join(""),
    )
    .join("\n");
}

/** A label on one or several lines; no block elements, so it may stand in a label or legend. */
export function Words({ text }: { text: string }): JSX.Element {
  return useMemo(() => <>{text.split(/\r?\n|<br\s*\/?>/).map(oneLine)}</>, [text]);
}

function oneLine(line: string, at: number): JSX.Element {
  return (
    <Fragment key={at}>
      {at > 0 && <br />}
      {inline(line.replace(/^#{1,6}\s+/, ""))}
    </Fragment>
  );
}
