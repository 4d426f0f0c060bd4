/** Hands the chosen language and its words to every view below, so that switching redraws at once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Language, Words } from "./messages.ts";
import { vietnamese } from "./vi.ts";

export interface Spoken {
  language: Language;
  words: Words;
}

export const LanguageContext = createContext<Spoken>({ language: "vi", words: vietnamese });

export function useLanguage(): Language {
  return useContext(LanguageContext).language;
}

export function useWords(): Words {
  return useContext(LanguageContext).words;
}
