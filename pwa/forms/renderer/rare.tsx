/** The controls that few forms need, as one part of the program that is fetched on its own. */
import type { JSX } from "preact";
import type { RareKind } from "./control.tsx";
import { CodeControl } from "./controls/code.tsx";
import { FileControl } from "./controls/file.tsx";
import { PicksControl } from "./controls/picks.tsx";
import { PlaceControl } from "./controls/place.tsx";
import { RangeControl } from "./controls/range.tsx";
import { RankControl } from "./controls/rank.tsx";
import { RecordingControl } from "./controls/recording.tsx";
import { SecretControl } from "./controls/secret.tsx";
import { SignatureControl } from "./controls/signature.tsx";
import { MomentControl, TimeControl } from "./controls/time.tsx";
import { TraceControl } from "./controls/trace.tsx";
import type { ControlProps } from "./question.ts";

export const rare: { readonly [kind in RareKind]: (props: ControlProps) => JSX.Element } = {
  picks: PicksControl,
  secret: SecretControl,
  time: TimeControl,
  moment: MomentControl,
  place: PlaceControl,
  trace: TraceControl,
  rank: RankControl,
  range: RangeControl,
  signature: SignatureControl,
  recording: RecordingControl,
  file: FileControl,
  code: CodeControl,
};
