/** The field for a PIN, and what went wrong with it in words. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { reasonWords } from "../../language/messages.ts";
import { type AllWords, useAllWords } from "../../language/rare.ts";
import { Card, Fault } from "../design/fields.tsx";

/** The sentence for a code of lock/, or of anything else. */
export function lockReason(words: AllWords, code: string): string {
  return words.lock.reasons[code] ?? reasonWords(words, code);
}

/** @param set the PIN as typed: what is no digit is told, not dropped */
export function PinField({
  id,
  label,
  hint,
  fault,
  value,
  isNew = false,
  set,
}: {
  id: string;
  label: string;
  hint?: string;
  fault?: string | undefined;
  value: string;
  isNew?: boolean;
  set(value: string): void;
}): JSX.Element {
  const words = useAllWords();
  const [isShown, setShown] = useState(false);
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return (
    <div class={fault ? "question wrong" : "question"}>
      <label class="label" for={id}>
        {label}
      </label>
      {hint && (
        <p class="hint small" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Fault id={id} fault={fault} />
      <input
        id={id}
        class="field"
        type={(isShown ? "text" : "password") as "password"}
        inputMode="numeric"
        autoComplete={isNew ? "new-password" : "off"}
        value={value}
        aria-describedby={described || undefined}
        aria-invalid={fault ? true : undefined}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <Card
        id={`${id}-show`}
        type="checkbox"
        label={words.lock.show}
        isChosen={isShown}
        press={() => setShown(!isShown)}
      />
    </div>
  );
}
