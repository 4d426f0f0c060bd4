/**
 * What a mutation says, as JSON (docs/contracts.md §3), from a draft and its final answers. Pure: the
 * identifier and the time are arguments.
 */
import type { MutationKind } from "../api/contract.ts";
import type { Answers } from "../forms/engine/definition.ts";
import type { Draft, Page } from "../store/drafts.ts";
import { instant } from "../store/identifiers.ts";

export interface PayloadPage {
  name: string;
  path: string;
  type: string;
  size: number;
  digest: string;
  length: number;
  key: string;
}

interface Heading {
  id: string;
  /** Milliseconds since 1970 by the phone's clock. */
  at: number;
  /** Version of the dossier that the phone knew; 0 for a new one. */
  base: number;
  /** The mutation that met another text, when this is what a person decided about the two. */
  decides?: string;
}

export interface Payload {
  v: 1;
  id: string;
  kind: MutationKind;
  dossier: string;
  base: number;
  at: string;
  language: string;
  procedure: string;
  form: string;
  commune: string;
  answers: Answers;
  pages: PayloadPage[];
  applicant: Draft["applicant"];
  helper: Draft["helper"];
  helpersBefore?: Draft["helpersBefore"];
  consent?: Draft["consent"];
  supplement?: string;
  decides?: string;
  reason?: string;
}

/** `dossier.submit`, or `supplement.answer` when the draft answers a supplement. */
export function draftPayload(
  { id, at, base, decides }: Heading,
  draft: Draft,
  answers: Answers,
): Payload {
  const { dossier, language, procedure, form, commune, applicant, helper, supplement } = draft;
  const { helpersBefore, consent } = draft;
  const told = supplement ? reopened(answers, supplement.items) : answers;
  return {
    v: 1,
    id,
    kind: supplement ? "supplement.answer" : "dossier.submit",
    dossier,
    base,
    at: instant(at),
    language,
    procedure,
    form,
    commune,
    answers: told,
    pages: answeredPages(draft.pages, told),
    applicant,
    helper,
    ...(helpersBefore && { helpersBefore }),
    ...(consent && { consent }),
    ...(supplement && { supplement: supplement.id }),
    ...(decides && { decides }),
  };
}

/**
 * The pages that the answers name, each with the reference of the question where its name stands now:
 * a repeat may have moved since the photo was taken, and a question may have become irrelevant.
 */
export function answeredPages(pages: Page[], answers: Answers): PayloadPage[] {
  const root = pages[0]?.path.split("/")[1];
  const references = new Map<string, string>();
  walk(answers, `/${root}`, references);
  return pages.flatMap(({ name, type, size, digest, length, key }) => {
    const path = references.get(name);
    return path === undefined ? [] : [{ name, path, type, size, digest, length, key }];
  });
}

/** Of the answers only the places that a supplement reopens; repeats keep their positions. */
export function reopened(answers: Answers, items: { path: string }[]): Answers {
  const places = items.map(({ path }) => path);
  return within(answers, `/${places[0]?.split("/")[1]}`, places);
}

function within(part: Answers, reference: string, places: string[]): Answers {
  const kept: [string, Answers[string]][] = [];
  for (const [name, inner] of Object.entries(part)) {
    const at = `${reference}/${name}`;
    const isAsked = places.some((place) => at === place || at.startsWith(`${place}/`));
    if (isAsked) kept.push([name, inner]);
    else if (typeof inner === "string") continue;
    else if (isRepeat(inner)) {
      const instances = inner.map((one, position) => {
        const instance = `${at}[${position + 1}]`;
        return places.includes(instance) ? one : within(one, instance, places);
      });
      if (instances.some(hasAnswers)) kept.push([name, instances]);
    } else {
      const group = within(inner, at, places);
      if (hasAnswers(group)) kept.push([name, group]);
    }
  }
  return Object.fromEntries(kept);
}

function hasAnswers(part: Answers): boolean {
  return Object.keys(part).length > 0;
}

function walk(part: Answers[string], reference: string, found: Map<string, string>): void {
  if (typeof part === "string") {
    found.set(part, reference);
  } else if (isRepeat(part)) {
    for (const [at, instance] of part.entries()) walk(instance, `${reference}[${at + 1}]`, found);
  } else {
    for (const [name, inner] of Object.entries(part)) walk(inner, `${reference}/${name}`, found);
  }
}

function isRepeat(part: Answers | readonly Answers[]): part is readonly Answers[] {
  return Array.isArray(part);
}
