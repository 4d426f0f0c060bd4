/**
 * A supplement asked for: the clerk's sentence, what is reopened, and the way straight to it. The
 * draft of the answer is made once and found again, offline too.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierView } from "../api/contract.ts";
import {
  answerQuestion,
  openForm,
  type Draft as SavedForm,
  saveForm,
} from "../forms/renderer/session.ts";
import { useLanguage, useWords } from "../language/context.ts";
import { shortDate } from "../language/formats.ts";
import { codeOf, reasonWords } from "../language/messages.ts";
import { createDraft, type Draft, readFiled } from "../store/drafts.ts";
import { loadForm } from "../sync/catalogue.ts";
import type { JournalItem } from "../sync/queue.ts";
import type { App } from "./app.ts";
import { useApp } from "./app-context.ts";
import { Notice } from "./design/parts.tsx";
import { addressOf } from "./router.ts";

export function SupplementCall({
  dossier,
  items,
}: {
  dossier: DossierView;
  items: readonly JournalItem[];
}): JSX.Element | null {
  const { app, router } = useApp();
  const words = useWords();
  const language = useLanguage();
  const [problem, setProblem] = useState<string | null>(null);
  const { supplement } = dossier;
  if (!supplement) return null;
  const isAnswered = items.some(
    (item) =>
      item.kind === "supplement.answer" &&
      item.state !== "settled" &&
      item.state !== "needs-repair",
  );
  const open = async (): Promise<void> => {
    try {
      const draft = await supplementDraft(app, dossier, language);
      router.go(addressOf("drafts", draft.id));
    } catch (error) {
      setProblem(reasonWords(words, codeOf(error)));
    }
  };
  return (
    <Notice tone="attention">
      <p>
        <strong>{words.dossiers.supplementTitle}</strong>
      </p>
      <p>{supplement.sentence}</p>
      {supplement.answerBy && <p>{words.dossiers.supplementBy(shortDate(supplement.answerBy))}</p>}
      <div role="alert">{problem && <p class="fault">{problem}</p>}</div>
      {isAnswered ? (
        <p>
          <strong>{words.dossiers.supplementQueued}</strong>
        </p>
      ) : (
        <button type="button" class="button" onClick={() => void open()}>
          {words.dossiers.supplementOpen}
        </button>
      )}
    </Notice>
  );
}

/** The draft that answers the supplement open now: the one begun before, else a new one. */
async function supplementDraft(app: App, dossier: DossierView, language: string): Promise<Draft> {
  const { supplement } = dossier;
  const begun = app.state.drafts.find(
    (draft) =>
      draft.supplement !== null && draft.supplement.id === supplement?.id && draft.state !== "sent",
  );
  if (begun) return begun;
  const { definition, resources } = await loadForm(app.shared, dossier.form, language);
  const province = app.state.catalogue?.communes.find(
    (one) => one.code === dossier.commune,
  )?.provinceCode;
  const presets = {
    _procedure: dossier.procedure,
    _commune: dossier.commune,
    _province: province ?? "",
  };
  // On what was filed, where this phone filed it: what is asked may depend on answers that are not.
  const filed = await readFiled(app.store, dossier.id);
  const form = await openForm({
    definition,
    resources,
    language,
    presets,
    ...(filed && { draft: filed.answers as SavedForm }),
  });
  // The old photo has left the phone: its question waits for a new one.
  const photos = filed ? (supplement?.items ?? []).filter((item) => item.kind === "page") : [];
  for (const { path } of photos) answerQuestion(form, path, "");
  const draft = await createDraft(app.store, {
    procedure: dossier.procedure,
    form: dossier.form,
    commune: dossier.commune,
    language,
    applicant: filed?.applicant ?? dossier.applicant,
    helper: filed?.helper ?? null,
    answers: saveForm(form),
    dossier: dossier.id,
    ...(supplement && {
      supplement: { id: supplement.id, sentence: supplement.sentence, items: supplement.items },
    }),
  });
  await app.read(["drafts"]);
  return draft;
}
