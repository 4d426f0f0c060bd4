/**
 * A form to try, by its digest alone: filled as people would, kept nowhere and never sent. Its files
 * stand in the page that the server made for it; what is not there is fetched.
 */
import type { Definition, Instance } from "../forms/engine/definition.ts";
import { openForm, type Draft as SavedForm, saveForm, titleOf } from "../forms/renderer/session.ts";
import { resourcesOf } from "../forms/resources.ts";
import { type Translation, withTranslations } from "../forms/translations.ts";
import type { Language } from "../language/messages.ts";
import type { Draft } from "../store/drafts.ts";
import { Filling } from "./filling.ts";
import { keepingNowhere } from "./trial-keeping.ts";

/** What a trial is filled into: nobody's draft. */
const NO_DRAFT: Omit<Draft, "form" | "language" | "answers"> = {
  ...{ id: "", dossier: "", state: "open", procedure: "", commune: "" },
  ...{ applicant: { name: "" }, helper: null, position: null, pages: [], supplement: null },
  ...{ createdAt: 0, updatedAt: 0 },
};

async function published<T>(folder: "forms" | "resources", digest: string): Promise<T> {
  const here = document.getElementById(`file-${digest}`)?.textContent;
  const text = here ?? (await (await import("./trial-fetch.ts")).fetched(folder, digest));
  return JSON.parse(text) as T;
}

export class Trial {
  private readonly keeping = keepingNowhere();
  private filling: Filling | undefined;

  /** @param changed called when something is to be drawn again */
  constructor(
    readonly digest: string,
    private readonly changed: () => void,
  ) {}

  /**
   * The form in a language, with all that was answered before. Rejects when it is not to be had; the
   * words of a language that are not, are the form's own.
   */
  async in(language: Language): Promise<Filling> {
    const served = await published<Definition>("forms", this.digest);
    const words = served.translations?.[language];
    const [translation, ...lists] = await Promise.all([
      words ? published<Translation>("resources", words).catch(() => null) : null,
      ...resourcesOf(served).map(
        async (one) => [one, await published<Instance>("resources", one)] as const,
      ),
    ]);
    const definition = translation ? withTranslations(served, { [language]: translation }) : served;
    const start = { definition, resources: Object.fromEntries(lists), language };
    await this.filling?.flush();
    const before = this.filling?.draft;
    const form = await openForm(before ? { ...start, draft: before.answers as SavedForm } : start);
    const draft: Draft = {
      ...(before ?? { ...NO_DRAFT, form: this.digest, answers: saveForm(form) }),
      // What the form calls itself stands where the name of a procedure would.
      ...{ language, procedure: titleOf(form) },
    };
    this.filling = new Filling(this.keeping, draft, form, this.changed, () => undefined);
    return this.filling;
  }
}
