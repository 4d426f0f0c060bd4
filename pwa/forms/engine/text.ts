/**
 * Text → words in the person's language, outputs filled in. A language without a wording falls
 * back on the form's default, then on any wording there is: something to read beats nothing.
 */
import type { Rich, Text } from "./definition.ts";
import type { Form } from "./form.ts";
import type { Item } from "./instance.ts";

/** The wording for the form's language, outputs evaluated where `at` stands. */
export function say(form: Form, text: Text, at: Item): string {
  const rich = wordingOf(form, text);
  if (typeof rich === "string") return rich;
  return rich.map((piece) => (typeof piece === "string" ? piece : form.text(piece.x, at))).join("");
}

function wordingOf(form: Form, text: Text): Rich {
  if (typeof text === "string" || Array.isArray(text)) return text as Rich;
  const byLanguage = text as { readonly [language: string]: Rich };
  return (
    byLanguage[form.language] ??
    byLanguage[form.definition.languages[0] ?? ""] ??
    Object.values(byLanguage)[0] ??
    ""
  );
}
