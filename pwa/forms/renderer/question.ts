/**
 * What a control is given and may do: one question as the engine shows it at this moment, and the
 * host that keeps pages (photos, signatures) outside the form. Controls know neither engine nor store.
 */
import type { Element, ValueType } from "../engine/definition.ts";

/** Files that the form shows or plays beside its words, by name; `Host.mediaAddress` finds them. */
export interface Media {
  readonly image?: string | undefined;
  readonly bigImage?: string | undefined;
  readonly audio?: string | undefined;
  readonly video?: string | undefined;
}

export interface Choice {
  value: string;
  label: string;
  media?: Media | undefined;
}

export interface Question {
  /** Instance node, e.g. `/data/thanh_vien[2]/ho_ten`. */
  ref: string;
  element: Element;
  type: ValueType | undefined;
  /** XForms lexical form; "" when empty. */
  value: string;
  label: string;
  hint: string;
  guidance: string;
  media: Media;
  isReadonly: boolean;
  isRequired: boolean;
  choices: readonly Choice[];
}

/** Keeps the pages of a draft; every function may reject with an error that carries a `code`. */
export interface Host {
  /** Shrinks a photo, keeps it as the answer of the question, and drops the one it replaces. */
  keepPhoto(ref: string, file: Blob): Promise<void>;
  /** The same for a drawing that is already as it should be. */
  keepDrawing(ref: string, drawing: { blob: Blob; width: number; height: number }): Promise<void>;
  /** The same for a recording, video or document, kept as it is; `asked` like `audio/*`. */
  keepFile(ref: string, file: Blob, asked: string): Promise<void>;
  dropPage(ref: string): Promise<void>;
  /** A kept page, by the question's value. */
  preview(name: string): Promise<Blob>;
  /** Bytes of a kept page. */
  sizeOf(name: string): number | undefined;
  /** Media type of a kept page. */
  typeOf(name: string): string | undefined;
  /** Where a file of the form itself lies on the phone; undefined when the form came without it. */
  mediaAddress(name: string | undefined): string | undefined;
  /** Saves everything now. */
  flush(): Promise<void>;
  /**
   * Before camera or files may push the app out of memory: everything is saved, room for what comes is
   * kept, and the way back to this question is remembered. Rejects with why not.
   */
  makeReady(): Promise<void>;
}

export interface ControlProps {
  question: Question;
  /** The id of the input element that the label names. */
  id: string;
  describedBy: string | undefined;
  isWrong: boolean;
  host: Host;
  set(value: string): void;
  /**
   * The typed text is no value of the type: words why, or null once it is. Blocks moving on; what was
   * tried and failed (`isAttempt`) is told at once and blocks nothing.
   */
  refuse(why: string | null, isAttempt?: boolean): void;
  /** Move to the next screen (for quick choices). */
  next(): void;
}

/** Whether two looks at questions show the same. */
export function isSame(one: Question, other: Question): boolean {
  return hasSame(one, other) && areSame(one.choices, other.choices);
}

function areSame(some: readonly Choice[], others: readonly Choice[]): boolean {
  return (
    some === others ||
    (some.length === others.length &&
      some.every((choice, at) => hasSame(choice, others[at] as Choice)))
  );
}

/** Whether two objects of the same kind hold the same, media looked into and choices left out. */
function hasSame<T extends Choice | Question>(one: T, other: T): boolean {
  for (const key in one) {
    if (one[key] !== other[key] && key !== "media" && key !== "choices") return false;
  }
  return one.media === other.media || JSON.stringify(one.media) === JSON.stringify(other.media);
}

/** An id for the element of a reference: letters, digits and dashes only. */
export function elementId(ref: string): string {
  return `q${ref.replace(/[^A-Za-z0-9]+/g, "-")}`;
}

export function hasAppearance(question: Question, word: string): boolean {
  return question.element.appearance?.includes(word) ?? false;
}
