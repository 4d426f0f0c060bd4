/**
 * How the words of a language are found. Vietnamese is part of the first screen; others are fetched
 * when first chosen, and are on the phone from the first visit on.
 */
import type { Language, Words } from "./messages.ts";
import { vietnamese } from "./vi.ts";

/** The words of a language. Rejects when they are not on the phone and there is no network. */
export async function loadWords(language: Language): Promise<Words> {
  if (language === "vi") return vietnamese;
  const { english } = await import("./en.ts");
  return english;
}
