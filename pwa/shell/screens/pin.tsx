/** The field for a PIN, and what went wrong with it in words. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { reasonWords } from "../../language/messages.ts";
import { type AllWords, useAllWords } from "../../language/rare.ts";
import { Card, Field } from "../design/fields.tsx";

/** The sentence for a code of lock/, or of anything else. */
export function lockReason(words: AllWords, code: string): string {
  return words.lock.reasons[code] ?? reasonWords(words, code);
}

/** @param field a plain field's; what is typed and is no digit is told, not dropped */
export function PinField({
  isNew = false,
  ...field
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
  return (
    <>
      <Field
        {...field}
        type={(isShown ? "text" : "password") as "text"}
        inputMode="numeric"
        autoComplete={isNew ? "new-password" : "off"}
      />
      <Card
        id={`${field.id}-show`}
        type="checkbox"
        label={words.lock.show}
        isChosen={isShown}
        press={() => setShown(!isShown)}
      />
    </>
  );
}
