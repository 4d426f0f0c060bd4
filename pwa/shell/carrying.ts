/**
 * Offers a draft the newer version of its form, and carries it over when the person agrees. Nothing is
 * changed before; what has no place afterwards stays with the draft in words, until it is sent.
 */
import type { Catalogue } from "../api/contract.ts";
import type { Carry, LossReason } from "../forms/carry/carry.ts";
import { hiddenQuestion } from "../forms/renderer/reopened.ts";
import {
  type Form,
  openForm,
  questionOf,
  rareFor,
  type Draft as SavedForm,
} from "../forms/renderer/session.ts";
import { shownAnswer } from "../forms/renderer/summary.ts";
import type { Words } from "../language/messages.ts";
import { type Draft, type LostAnswer, saveDraft } from "../store/drafts.ts";
import type { Store } from "../store/schema.ts";
import { isReadyOffline, loadForm } from "../sync/catalogue.ts";

/** A newer version and what going over to it would mean. */
export interface Offer {
  form: string;
  result: Carry;
  /** `result.lost` in words. */
  lost: readonly LostAnswer[];
  /** The old version is no longer taken: the draft can only be sent on the new one. */
  isForced: boolean;
  /** Until when the old version is taken, when the phone has been told. */
  until: string | null;
}

/** Why there is none: none that matters now, or one that is needed and not on this phone yet. */
export type NoOffer = "none" | "not-here";

/**
 * @param isRefused the server has said that it no longer takes the draft's version, whatever the
 *   catalogue on this phone says
 */
export async function offerFor(
  store: Store,
  draft: Draft,
  catalogue: Catalogue | null,
  isRefused: boolean,
  words: Words,
): Promise<Offer | NoOffer> {
  // A supplement is asked and answered on the version that the dossier was filed with.
  if (draft.supplement || draft.state === "sent" || !draft.answers) return "none";
  const procedure = catalogue?.procedures.find((one) => one.code === draft.procedure);
  if (!procedure || procedure.form === draft.form) return isRefused ? "not-here" : "none";
  const until = procedure.acceptedUntil?.[draft.form];
  const isOver = until !== undefined && Date.parse(until) < Date.now();
  const isForced = isRefused || isOver || !procedure.acceptedForms.includes(draft.form);
  if (!(await isReadyOffline(store.shared, procedure.form))) return isForced ? "not-here" : "none";
  const [old, fresh] = [
    await loadForm(store.shared, draft.form, draft.language),
    await loadForm(store.shared, procedure.form, draft.language),
  ];
  const { carry } = await import("../forms/carry/carry.ts");
  const saved = draft.answers as SavedForm;
  const around = {
    clock: () => new Date(),
    zone: "Asia/Ho_Chi_Minh",
    language: draft.language,
    rare: await rareFor(old.definition, fresh.definition),
  };
  const result = carry(old, fresh, saved, around);
  const form = await openForm({ ...old, language: draft.language, draft: saved });
  return {
    form: procedure.form,
    result,
    lost: result.lost.map((one) => inWords(form, one, words)),
    isForced,
    until: until ?? null,
  };
}

/** Makes the draft one of the new version and keeps it. Opening it again shows the new form. */
export async function carryOver(store: Store, draft: Draft, offer: Offer): Promise<void> {
  const { result, lost } = offer;
  const places = new Map(result.kept.map(({ ref, value }) => [value, ref]));
  const moved = draft.pages.map((page) => ({ ...page, path: places.get(page.name) ?? page.path }));
  const isKept = ({ name }: { name: string }): boolean => places.has(name);
  const next: Draft = {
    ...draft,
    form: offer.form,
    answers: result.draft,
    // Pages without a question are kept to look at; only those that an answer names are sent.
    pages: [...moved.filter(isKept), ...moved.filter((page) => !isKept(page))],
    carried: { from: draft.form, at: Date.now(), lost: [...(draft.carried?.lost ?? []), ...lost] },
    position: result.added[0]?.ref ?? draft.position,
  };
  await saveDraft(store, next);
}

/** Stays with the version the draft was begun on; this newer one is not offered by itself again. */
export async function decline(store: Store, draft: Draft, offer: Offer): Promise<void> {
  draft.declined = offer.form;
  await saveDraft(store, draft);
}

function inWords(
  form: Form,
  { ref, label, value, why }: { ref: string; label: string; value: string; why: LossReason },
  words: Words,
): LostAnswer {
  const shown = hiddenQuestion(form, ref);
  const question = shown && questionOf(form, shown);
  const isPage = shown?.element.as === "upload";
  const text = question && !isPage ? shownAnswer({ ...question, value }, words) : value;
  return { ref, label, shown: text, value, isPage, why };
}
