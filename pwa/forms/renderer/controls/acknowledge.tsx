/** One box to tick: a declaration or "I have read this". Never ticked before the person does it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import type { ControlProps } from "../question.ts";

export function AcknowledgeControl({
  question,
  id,
  describedBy,
  isWrong,
  set,
}: ControlProps): JSX.Element {
  const words = useWords();
  const [isFocused, setFocused] = useState(false);
  const isChosen = question.value !== "";
  return (
    <div class="control choices">
      <label class={`choice${isChosen ? " chosen" : ""}${isFocused ? " focused" : ""}`}>
        <input
          id={id}
          type="checkbox"
          checked={isChosen}
          disabled={question.isReadonly}
          aria-describedby={describedBy}
          aria-invalid={isWrong || undefined}
          onChange={(event) => set(event.currentTarget.checked ? "OK" : "")}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
        />
        <span class="tick" />
        <span>{words.controls.acknowledge}</span>
      </label>
    </div>
  );
}
