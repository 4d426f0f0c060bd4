/**
 * Words that come with later screens and rare controls. The English ones arrive with all English; the
 * Vietnamese ones lie here, so only what is itself fetched later may import this module.
 */
import { useMemo } from "preact/hooks";
import { useWords } from "./context.ts";
import type { Words } from "./messages.ts";
import { rareInVietnamese } from "./vi-rare.ts";

export type RareWords = typeof rareInVietnamese;

/** All words of a language. */
export type AllWords = Words & RareWords;

/** The words of the language chosen, those for later screens and rare controls among them. */
export function useAllWords(): AllWords {
  const words = useWords();
  return useMemo(() => ({ ...words, ...(words.rare ?? rareInVietnamese) }), [words]);
}
