/**
 * The languages the app itself speaks and what is said by code. The words of a form come with the form;
 * these are everything around it.
 */
import type { vietnamese } from "./vi.ts";
import type { formWordsInVietnamese } from "./vi-form-words.ts";

export type Language = "vi" | "en";
export type Words = typeof vietnamese;
/** The part of them that filling a form may show. */
export type FormWords = typeof formWordsInVietnamese;

export const LANGUAGES: readonly { code: Language; name: string; short: string }[] = [
  { code: "vi", name: "Tiếng Việt", short: "VI" },
  { code: "en", name: "English", short: "EN" },
];

/** The language a stored or asked code means; Vietnamese when it means none of ours. */
export function languageOf(code: string | undefined | null): Language {
  return code?.toLowerCase().split("-")[0] === "en" ? "en" : "vi";
}

/** The words for a code of a problem or a reason; never empty. */
export function reasonWords(words: Words, code: string | null | undefined): string {
  const known = code ? words.reasons[code] : undefined;
  return known ?? words.otherReason(code ?? "?");
}

/** A text in both languages → the one asked, the other when that is empty. */
export function pick(text: { vi: string; en: string }, language: Language): string {
  return language === "en" ? text.en || text.vi : text.vi || text.en;
}

/** The code that errors of the data side and the server's problems carry; others have none. */
export function codeOf(error: unknown): string {
  if (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string"
  )
    return error.code;
  return "unexpected";
}
