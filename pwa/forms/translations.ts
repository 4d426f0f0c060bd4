/**
 * A form's words in other languages, put back where the server took them out, so that a phone need
 * not wait for those that nobody reads. `server/forms/translations.py` writes them by the same walk.
 */
import type { Definition, Rich, Text } from "./engine/definition.ts";

/** One language's texts in the order of the walk; `gaps` count values from one to the next. */
export interface Translation {
  readonly gaps: readonly number[];
  readonly texts: readonly Rich[];
}

const WALKED = new Set(["title", "nodes", "body", "instances"]);

/**
 * The definition with the texts of these languages beside its own.
 * @param served changed in place: what JSON.parse has just made
 * @param files by language, those that are on the phone
 */
export function withTranslations(
  served: Definition,
  files: { readonly [language: string]: Translation },
): Definition {
  const others = new Map<number, { [language: string]: Rich }>();
  for (const [language, { gaps, texts }] of Object.entries(files)) {
    let at = 0;
    gaps.forEach((gap, index) => {
      at += gap;
      others.set(at, { ...others.get(at), [language]: texts[index] as Rich });
    });
  }
  if (others.size === 0) return served;
  const own = served.languages[0] as string;
  let count = 0;
  const put = (holder: Record<string, unknown>, key: string): void => {
    const found = others.get(++count);
    const value = holder[key];
    if (typeof value === "object" && value !== null) {
      for (const part of Object.keys(value)) put(value as Record<string, unknown>, part);
    }
    if (found) holder[key] = { [own]: value, ...found } as Text;
  };
  for (const key of Object.keys(served).filter((name) => WALKED.has(name))) {
    put(served as unknown as Record<string, unknown>, key);
  }
  return served;
}
