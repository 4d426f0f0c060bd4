/**
 * Between engine and screen: opens a form as the screens need it, and tells what is visible now as
 * pages and questions. The one place of the renderer that calls the engine, so that a change there is
 * a change here alone.
 */
import {
  type Answers,
  addRepeat,
  answer,
  type Definition,
  type Draft,
  type Fault,
  type Form,
  finish,
  needsRare,
  type Opening,
  open,
  removeRepeat,
  save,
  setLanguage,
  textOf,
  type View,
  type Visible,
  validate,
  view,
  walk,
} from "../engine/index.ts";
import type { Shown } from "./page.ts";
import type { Question } from "./question.ts";

export type { Answers, Definition, Draft, Fault, Form };

/** Days and times are those of Vietnam wherever the phone's clock stands. */
const ZONE = "Asia/Ho_Chi_Minh";

export interface FormStart {
  definition: Definition;
  resources: Opening["resources"];
  language: string;
  draft?: Draft;
  answers?: Opening["answers"];
  presets?: { readonly [name: string]: string };
}

/** Opens a form; rejects when it needs a part of the engine that is not on the phone. */
export async function openForm({ definition, language, ...start }: FormStart): Promise<Form> {
  return open(definition, {
    ...start,
    rare: await rareFor(definition),
    language: spoken(definition, language),
    clock: () => new Date(),
    zone: ZONE,
  } as Opening);
}

/** The rare part of the engine where one of the forms needs it; kept offline like all of the app. */
export async function rareFor(...forms: readonly Definition[]): Promise<Opening["rare"]> {
  return forms.some(needsRare) ? (await import("../engine/rare.ts")).rare : undefined;
}

/**
 * Lets the phone find out what the form wants without a question.
 * @param set answers a question
 * @returns to be called once and after each change
 */
export async function findAsked(
  form: Form,
  set: (ref: string, value: string) => void,
): Promise<() => void> {
  if (!form.definition.actions.some(({ ask }) => ask)) return () => undefined;
  return (await import("./asked.ts")).finder(form, set);
}

/** The form's own language nearest to the one asked: its default where it lacks that. */
function spoken(definition: Definition, language: string): string {
  return (
    definition.languages.find((code) => code === language || code.startsWith(`${language}-`)) ??
    definition.languages[0] ??
    language
  );
}

/** What the form calls itself, in its language. */
export function titleOf(form: Form): string {
  return textOf(form, form.definition.title);
}

export function saveForm(form: Form): Draft {
  return save(form);
}

export function finishForm(form: Form): Answers {
  return finish(form).answers;
}

/** Lets the form speak another language. @returns false when it speaks it already */
export function speak(form: Form, language: string): boolean {
  const wanted = spoken(form.definition, language);
  if (form.language === wanted) return false;
  setLanguage(form, wanted);
  return true;
}

/** Another number whenever what `shownItems` gives may be another; words are asked for when read. */
export function shapeOf(form: Form): number {
  return form.shape;
}

/** What was made of sights that are the same as before: looked up instead of made again. */
export type Kept = WeakMap<Visible, Shown>;

/** Everything visible, as pages are made of; with `kept`, what has not changed is the same object. */
export function shownItems(form: Form, kept: Kept = new WeakMap()): Shown[] {
  return shownIn({ form }, kept);
}

/** Whose words are told: another form that has become the same may take its place. */
export interface Told {
  form: Form;
}

export function shownIn(told: Told, kept: Kept): Shown[] {
  return shownAmong(told, walk(told.form), kept);
}

/** A form of hundreds of questions is looked over whenever its shape changes, so words wait. */
class Seen implements Shown {
  readonly element: Shown["element"];
  readonly ref: string;
  readonly isRequired: boolean;
  readonly isReadonly: boolean;
  readonly isOpen: boolean;
  readonly items: Shown[] | undefined;
  readonly entries: { ref: string; items: Shown[] }[] | undefined;

  constructor(
    private readonly told: Told,
    { as, element, ref, required, readonly, canAdd = false, items }: Visible,
    kept: Kept,
  ) {
    this.element = element;
    this.ref = ref;
    this.isRequired = required && as !== "note";
    this.isReadonly = readonly && as !== "note";
    this.isOpen = canAdd;
    this.items = as === "group" ? shownAmong(told, items, kept) : undefined;
    this.entries =
      as === "repeat"
        ? items.map((one) => ({ ref: one.ref, items: shownAmong(told, one.items, kept) }))
        : undefined;
  }

  get label(): string {
    const { label, as } = this.element;
    return label === undefined
      ? ""
      : textOf(this.told.form, label, as === "repeat" ? undefined : this.ref);
  }
}

/** The head of a table of choices is left out: each row of the table says its choices itself. */
function shownAmong(told: Told, visible: readonly Visible[], kept: Kept): Shown[] {
  const shown: Shown[] = [];
  for (const one of visible) {
    if (isTableHead(one.element)) continue;
    const seen = kept.get(one) ?? new Seen(told, one, kept);
    kept.set(one, seen);
    shown.push(seen);
  }
  return shown;
}

function isTableHead({ as, appearance }: Visible["element"]): boolean {
  return (as === "select" || as === "select1") && (appearance?.includes("label") ?? false);
}

/** A question by what the page shows, with its words and choices in the form's language. */
export function questionOf(form: Form, { ref, element }: Pick<Shown, "ref" | "element">): Question {
  const seen: View = view(form, { as: element.as, ref, element });
  return {
    ref,
    element,
    type: seen.node.type,
    value: seen.value,
    label: seen.label,
    hint: seen.hint,
    guidance: seen.guidance,
    media: seen.media,
    isReadonly: seen.readonly,
    isRequired: seen.required,
    choices: seen.choices ?? [],
  };
}

export function answerQuestion(form: Form, ref: string, value: string): void {
  answer(form, ref, value);
}

export function faultsIn(form: Form, ref?: string): Fault[] {
  return validate(form, ref);
}

/**
 * Where a file that the form names beside its words lies, `jr://images/x.png` or `x.png`; undefined
 * when the form was published without it.
 */
export function mediaAddress(form: Form, named: string | undefined): string | undefined {
  const name = named?.slice(named.lastIndexOf("/") + 1) ?? "";
  const digest = form.definition.media?.[name];
  return digest && `/media/${digest}`;
}

/** Adds an entry to a repeat. @returns its reference */
export function addEntry(form: Form, repeat: string): string {
  return addRepeat(form, repeat);
}

export function removeEntry(form: Form, entry: string): void {
  removeRepeat(form, entry);
}
