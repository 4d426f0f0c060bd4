/**
 * Reading aloud with the voices of the phone itself, for people who read with difficulty. Nothing is
 * offered where the phone has no voice of the language: a Vietnamese sentence read by an English
 * voice helps nobody.
 */
import type { Language } from "./messages.ts";

/** The voice to read a language with: one that works without a network before any other. */
export function voiceOf(
  voices: readonly SpeechSynthesisVoice[],
  language: Language,
): SpeechSynthesisVoice | undefined {
  const fitting = voices.filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === language);
  return fitting.find((voice) => voice.localService) ?? fitting[0];
}

function synthesis(): SpeechSynthesis | undefined {
  return typeof speechSynthesis === "undefined" ? undefined : speechSynthesis;
}

export function canSpeak(language: Language): boolean {
  return voiceOf(synthesis()?.getVoices() ?? [], language) !== undefined;
}

/** Hears of voices that come later: Chrome fetches its list after the page has started. */
export function onVoices(listener: () => void): () => void {
  const source = synthesis();
  source?.addEventListener?.("voiceschanged", listener);
  return () => source?.removeEventListener?.("voiceschanged", listener);
}

/** Reads a text in place of whatever is being read; `done` also when it is cut short. */
export function say(text: string, language: Language, done: () => void): void {
  const source = synthesis();
  const voice = voiceOf(source?.getVoices() ?? [], language);
  if (!source || !voice) {
    done();
    return;
  }
  source.cancel();
  const sentence = new SpeechSynthesisUtterance(text);
  sentence.voice = voice;
  sentence.lang = voice.lang;
  sentence.rate = 0.9;
  sentence.onend = done;
  sentence.onerror = done;
  source.speak(sentence);
}

export function hush(): void {
  synthesis()?.cancel();
}
