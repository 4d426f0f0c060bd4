/**
 * Typed answers: text on one or several lines, numbers, addresses. The phone shows the
 * keyboard that fits; what is typed stays as typed until it is a value of the type.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useLanguage, useWords } from "../../../language/context.ts";
import type { Language } from "../../../language/messages.ts";
import { type ControlProps, hasAppearance, type Question } from "../question.ts";

/** Typed digits as people write them (spaces, decimal comma) → the lexical form, or undefined. */
export function numberOf(typed: string, isWhole: boolean): string | undefined {
  const text = typed.replace(/\s/g, "").replace(",", ".");
  if (text === "") return "";
  const pattern = isWhole ? /^[+-]?\d{1,15}$/ : /^[+-]?(\d+\.?\d*|\.\d+)$/;
  if (!pattern.test(text)) return undefined;
  return isWhole ? String(Number(text)) : text.replace(/^\+/, "");
}

/** What parts thousands, by language; the other of the two marks decimals. */
const THOUSANDS: { readonly [language in Language]: string } = { vi: ".", en: "," };

/** `1250000.5` → `1.250.000,5` in Vietnamese, `1,250,000.5` in English. */
export function grouped(value: string, language: Language): string {
  const [whole = "", decimals] = value.split(".");
  const mark = THOUSANDS[language];
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, mark);
  return decimals === undefined ? parts : `${parts}${mark === "." ? "," : "."}${decimals}`;
}

/** The reverse of `grouped`, as the person types; what is no number stays none. */
export function ungrouped(typed: string, language: Language): string {
  return typed.split(THOUSANDS[language]).join("");
}

/** @param Box another box than the usual one */
export function TextControl({
  question,
  id,
  describedBy,
  isWrong,
  set,
  refuse,
  Box,
}: ControlProps & { Box?: (typed: Typed) => JSX.Element }): JSX.Element {
  const words = useWords();
  const language = useLanguage();
  const { type, value } = question;
  const isNumber = type === "int" || type === "decimal";
  const isGrouped = isNumber && hasAppearance(question, "thousands-sep");
  const read = (text: string): string | undefined =>
    isNumber
      ? numberOf(isGrouped ? ungrouped(text, language) : text, type === "int")
      : text.normalize("NFC");
  const written = (): string => (isGrouped ? grouped(value, language) : value);
  const [typed, setTyped] = useState(written);
  useEffect(() => {
    if (read(typed) !== value && value !== "") setTyped(written());
  }, [value]);

  const change = (text: string): void => {
    setTyped(text);
    if (!isNumber) {
      set(text);
      return;
    }
    const number = read(text);
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
    onBlur: () => {
      if (isGrouped && read(typed) === value) setTyped(written());
    },
  };
  const rows = Number(question.element.params?.rows ?? 0);
  if (hasAppearance(question, "multiline") || rows > 1) {
    return (
      <div class="control">
        <textarea
          {...shared}
          rows={rows || 4}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </div>
    );
  }
  const onInput = (event: { currentTarget: HTMLInputElement }): void =>
    change(event.currentTarget.value);
  if (Box) return <Box {...shared} onInput={onInput} />;
  return (
    <div class="control">
      <input
        {...shared}
        type="text"
        inputMode={keyboardOf(question)}
        autoCapitalize={capitalsOf(question)}
        enterkeyhint="next"
        onInput={onInput}
      />
      {hasAppearance(question, "url") && /^https?:\/\//i.test(value) && (
        <a class="link" href={value} target="_blank" rel="noopener noreferrer">
          {words.link}
        </a>
      )}
    </div>
  );
}

function keyboardOf(question: Question): "numeric" | "decimal" | "url" | "text" {
  if (question.type === "decimal") return "decimal";
  if (question.type === "int" || hasAppearance(question, "numbers")) return "numeric";
  return hasAppearance(question, "url") ? "url" : "text";
}

function capitalsOf(question: Question): "words" | "off" {
  const isWords = question.type === "string" || question.type === undefined;
  return isWords && !hasAppearance(question, "url") ? "words" : "off";
}

/** What a box that is typed into is given. */
export interface Typed {
  id: string;
  value: string;
  onInput(event: { currentTarget: HTMLInputElement }): void;
}
