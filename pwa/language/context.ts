/** Hands the chosen language and its words to every view below, so that switching redraws at once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FormWords, Language, Words } from "./messages.ts";

export interface Spoken {
  language: Language;
  words: FormWords;
}

/** Without a default: whatever shows a view says in which language. */
export const LanguageContext = createContext(undefined as unknown as Spoken);

export function useLanguage(): Language {
  return useContext(LanguageContext).language;
}

/**
 * All words in the whole app. Where one form alone is shown, only what belongs to forms is there; a
 * test holds all that such a page is made of to that (tests/pwa/shell/trial-parts.test.ts).
 */
export function useWords(): Words {
  return useContext(LanguageContext).words as Words;
}
