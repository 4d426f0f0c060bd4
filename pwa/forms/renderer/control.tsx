/** Question → the control that records its answer. The one place that knows them all. */
import type { JSX } from "preact";
import { useWords } from "../../language/context.ts";
import { AcknowledgeControl } from "./controls/acknowledge.tsx";
import { ChooseControl } from "./controls/choose.tsx";
import { DateControl } from "./controls/date.tsx";
import { PhotoControl } from "./controls/photo.tsx";
import { SearchControl } from "./controls/search.tsx";
import { TextControl } from "./controls/text.tsx";
import { Later } from "./later.tsx";
import { type ControlProps, hasAppearance, type Question } from "./question.ts";

/** Long lists are searched; short ones are shown whole, whatever the form asked. */
const FEW = 8;
const MANY = 20;

/** Controls that few forms need: fetched when a question first asks for one. */
export type RareKind =
  | "picks"
  | "secret"
  | "time"
  | "moment"
  | "place"
  | "trace"
  | "rank"
  | "range"
  | "signature"
  | "recording"
  | "file"
  | "code";

export type ControlKind =
  | "note"
  | "text"
  | "date"
  | "choose"
  | "search"
  | "acknowledge"
  | "photo"
  | "unsupported"
  | RareKind;

export function kindOf(question: Question): ControlKind {
  switch (question.element.as) {
    case "note":
      return "note";
    case "select":
    case "select1": {
      const count = question.choices.length;
      const asked = hasAppearance(question, "minimal") || hasAppearance(question, "autocomplete");
      const isLong = count > MANY || (asked && count > FEW);
      return isLong ? (question.element.as === "select" ? "picks" : "search") : "choose";
    }
    case "rank":
    case "range":
      return question.element.as;
    case "trigger":
      return "acknowledge";
    case "upload":
      return uploadKind(question);
    case "secret":
      return "secret";
    default:
      return inputKind(question);
  }
}

function uploadKind(question: Question): ControlKind {
  const [family] = (question.element.mediatype ?? "image/*").split("/");
  if (family === "audio") return "recording";
  if (family !== "image") return "file";
  return hasAppearance(question, "signature") || hasAppearance(question, "draw")
    ? "signature"
    : "photo";
}

function inputKind(question: Question): ControlKind {
  const { type } = question;
  switch (type) {
    case "date":
    case "time":
      return type;
    case "dateTime":
      return "moment";
    case "geopoint":
      return "place";
    case "geotrace":
    case "geoshape":
      return "trace";
    case "barcode":
      return "code";
    case "binary":
      return "unsupported";
    default:
      return hasAppearance(question, "masked") ? "secret" : "text";
  }
}

const SINGLE: readonly ControlKind[] = [
  "note",
  "text",
  "search",
  "picks",
  "secret",
  "range",
  "code",
  "unsupported",
];

/** Several inputs under one question: labelled by a legend rather than by a label. */
export function isGroupOfInputs(kind: ControlKind): boolean {
  return !SINGLE.includes(kind);
}

export function Control({
  kind,
  ...props
}: ControlProps & { kind: ControlKind }): JSX.Element | null {
  const words = useWords();
  switch (kind) {
    case "note":
      return null;
    case "date":
      return <DateControl {...props} />;
    case "choose":
      return <ChooseControl {...props} />;
    case "search":
      return <SearchControl {...props} />;
    case "acknowledge":
      return <AcknowledgeControl {...props} />;
    case "photo":
      return <PhotoControl {...props} />;
    case "text":
      return <TextControl {...props} />;
    case "unsupported":
      return <p class="control">{words.controls.unsupported}</p>;
    default:
      return <Later kind={kind} {...props} />;
  }
}
