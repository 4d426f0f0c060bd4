/** Question → the control that records its answer. The one place that knows them all. */
import type { JSX } from "preact";
import { useWords } from "../../language/context.ts";
import { AcknowledgeControl } from "./controls/acknowledge.tsx";
import { ChooseControl } from "./controls/choose.tsx";
import { DateControl } from "./controls/date.tsx";
import { PhotoControl } from "./controls/photo.tsx";
import { PlaceControl } from "./controls/place.tsx";
import { RangeControl } from "./controls/range.tsx";
import { RankControl } from "./controls/rank.tsx";
import { SearchControl } from "./controls/search.tsx";
import { SignatureControl } from "./controls/signature.tsx";
import { TextControl } from "./controls/text.tsx";
import { MomentControl, TimeControl } from "./controls/time.tsx";
import { type ControlProps, hasAppearance, type Question } from "./question.ts";

/** Long lists are searched; short ones are shown whole, whatever the form asked. */
const FEW = 8;
const MANY = 20;

export type ControlKind =
  | "note"
  | "text"
  | "date"
  | "time"
  | "moment"
  | "place"
  | "choose"
  | "search"
  | "rank"
  | "range"
  | "acknowledge"
  | "photo"
  | "signature"
  | "unsupported";

export function kindOf(question: Question): ControlKind {
  const { as, mediatype } = question.element;
  switch (as) {
    case "note":
      return "note";
    case "select":
      return "choose";
    case "select1": {
      const count = question.choices.length;
      const asked = hasAppearance(question, "minimal") || hasAppearance(question, "autocomplete");
      return count > MANY || (asked && count > FEW) ? "search" : "choose";
    }
    case "rank":
    case "range":
      return as;
    case "trigger":
      return "acknowledge";
    case "upload":
      if (!(mediatype ?? "image/*").startsWith("image/")) return "unsupported";
      return hasAppearance(question, "signature") || hasAppearance(question, "draw")
        ? "signature"
        : "photo";
    default:
      break;
  }
  switch (question.type) {
    case "date":
      return "date";
    case "time":
      return "time";
    case "dateTime":
      return "moment";
    case "geopoint":
      return "place";
    case "geotrace":
    case "geoshape":
    case "binary":
      return "unsupported";
    default:
      return "text";
  }
}

/** Several inputs under one question: labelled by a legend rather than by a label. */
export function isGroupOfInputs(kind: ControlKind): boolean {
  return [
    "date",
    "time",
    "moment",
    "choose",
    "rank",
    "acknowledge",
    "photo",
    "signature",
    "place",
  ].includes(kind);
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
    case "time":
      return <TimeControl {...props} />;
    case "moment":
      return <MomentControl {...props} />;
    case "place":
      return <PlaceControl {...props} />;
    case "choose":
      return <ChooseControl {...props} />;
    case "search":
      return <SearchControl {...props} />;
    case "rank":
      return <RankControl {...props} />;
    case "range":
      return <RangeControl {...props} />;
    case "acknowledge":
      return <AcknowledgeControl {...props} />;
    case "photo":
      return <PhotoControl {...props} />;
    case "signature":
      return <SignatureControl {...props} />;
    case "text":
      return <TextControl {...props} />;
    case "unsupported":
      return <p class="control">{words.controls.unsupported}</p>;
  }
}
