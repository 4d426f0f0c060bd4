/**
 * Typed answers: text on one or several lines, numbers, secrets. The phone shows the keyboard that
 * fits; what is typed stays as typed until it is a value of the type.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../../../language/context.ts";
import { type ControlProps, hasAppearance } from "../question.ts";

/** Typed digits as people write them (spaces, decimal comma) → the lexical form, or undefined. */
export function numberOf(typed: string, isWhole: boolean): string | undefined {
  const text = typed.replace(/\s/g, "").replace(",", ".");
  if (text === "") return "";
  const pattern = isWhole ? /^[+-]?\d{1,15}$/ : /^[+-]?(\d+\.?\d*|\.\d+)$/;
  if (!pattern.test(text)) return undefined;
  return isWhole ? String(Number(text)) : text.replace(/^\+/, "");
}

export function TextControl({
  question,
  id,
  describedBy,
  isWrong,
  set,
  refuse,
}: ControlProps): JSX.Element {
  const words = useWords();
  const { type, value } = question;
  const isNumber = type === "int" || type === "decimal";
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    const same = isNumber
      ? numberOf(typed, type === "int") === value
      : typed.normalize("NFC") === value;
    if (!same && value !== "") setTyped(value);
  }, [value]);

  const change = (text: string): void => {
    setTyped(text);
    if (!isNumber) {
      set(text);
      return;
    }
    const number = numberOf(text, type === "int");
    refuse(
      number === undefined ? (type === "int" ? words.faults.integer : words.faults.number) : null,
    );
    set(number ?? "");
  };
  const shared = {
    id,
    class: isNumber ? "field short" : "field",
    value: typed,
    readOnly: question.isReadonly,
    "aria-describedby": describedBy,
    "aria-invalid": isWrong || undefined,
    "aria-required": question.isRequired || undefined,
    autoComplete: "off",
  };
  if (hasAppearance(question, "multiline")) {
    return (
      <div class="control">
        <textarea {...shared} rows={4} onInput={(event) => change(event.currentTarget.value)} />
      </div>
    );
  }
  const onInput = (event: { currentTarget: HTMLInputElement }): void =>
    change(event.currentTarget.value);
  if (question.element.as === "secret") {
    return (
      <div class="control">
        <input {...shared} type="password" onInput={onInput} />
      </div>
    );
  }
  const isDigits = type === "int" || hasAppearance(question, "numbers");
  return (
    <div class="control">
      <input
        {...shared}
        type="text"
        inputMode={isDigits ? "numeric" : type === "decimal" ? "decimal" : "text"}
        autoCapitalize={type === "string" || type === undefined ? "words" : "off"}
        enterkeyhint="next"
        onInput={onInput}
      />
    </div>
  );
}
