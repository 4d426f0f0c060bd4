/** Hands the chosen language's words to every view below, so that switching language redraws at once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Language, type Words, wordsOf } from "./messages.ts";

export const LanguageContext = createContext<Language>("vi");

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

export function useWords(): Words {
  return wordsOf(useContext(LanguageContext));
}
