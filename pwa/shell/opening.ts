/** A kept draft as it is filled: read from the store, with its form, and saved there again. */
import { openForm, type Draft as SavedForm } from "../forms/renderer/session.ts";
import type { Language } from "../language/messages.ts";
import { readDraft } from "../store/drafts.ts";
import type { Store } from "../store/schema.ts";
import { loadForm } from "../sync/catalogue.ts";
import { Filling } from "./filling.ts";
import { keepingIn } from "./keeping.ts";

/**
 * Undefined when there is no such draft. Rejects when its form is not to be had.
 * @param changed called when something is to be drawn again
 * @param failed told when it could not be saved
 */
export async function openDraft(
  store: Store,
  id: string,
  language: Language,
  changed: () => void,
  failed: (error: unknown) => void,
): Promise<Filling | undefined> {
  const draft = await readDraft(store, id);
  if (!draft) return undefined;
  const { definition, resources } = await loadForm(store.shared, draft.form, language);
  const saved = draft.answers as SavedForm;
  const form = await openForm({ definition, resources, language, draft: saved });
  return new Filling(keepingIn(store), draft, form, changed, failed);
}
