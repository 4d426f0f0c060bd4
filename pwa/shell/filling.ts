/**
 * A draft being filled: the open form and the draft it is kept in. Every answer goes to the engine at
 * once and to the store within a moment; photos go to the store first and are then the answer. Knows
 * which faults the person has been shown. Screens draw again on each change.
 */
import { shrinkPhoto } from "../capture/camera.ts";
import { checkedFile } from "../capture/files.ts";
import type { Ahead, EntryAhead } from "../forms/renderer/ahead.ts";
import {
  onlyReopened,
  type Page,
  pageOfRef,
  pagesOf,
  questionsIn,
  type Shown,
  withoutDeclaration,
} from "../forms/renderer/page.ts";
import type { Host, Question } from "../forms/renderer/question.ts";
import { hiddenQuestion, keptAnswer, withAnswer } from "../forms/renderer/reopened.ts";
import {
  type Answers,
  addEntry,
  answerQuestion,
  type Fault,
  type Form,
  faultsIn,
  findAsked,
  finishForm,
  type Kept,
  mediaAddress,
  questionOf,
  removeEntry,
  saveForm,
  shapeOf,
  shownItems,
  speak,
} from "../forms/renderer/session.ts";
import type { Language, Words } from "../language/messages.ts";
import type { Draft } from "../store/drafts.ts";
import { Drawing } from "./drawing.ts";
import type { Keeping } from "./keeping.ts";

const LULL = 400;
/** Who types without a pause is not waited for any longer. */
const PATIENCE = 2_000;

export interface Walk {
  pages: readonly Page[];
  /** The closing declaration of the form, beside Send; absent in a supplement. */
  declaration: Shown | undefined;
  /** Whether any box to tick stands for the declaration already. */
  hasDeclaration: boolean;
}

type KnownWalk = Walk & { readonly shape: number };

export class Filling extends Drawing {
  /** Why an answer cannot be read as a value yet, by reference. */
  readonly refusals = new Map<string, string>();
  /** Refusals of what was tried and failed: the answer is what it was before. */
  private readonly attempts = new Set<string>();
  /** References whose faults the person has been shown. */
  private readonly told = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  /** When the first change was made that is not on the disk; milliseconds of the page's own clock. */
  private since = 0;
  private saving: Promise<void> = Promise.resolve();
  private known: KnownWalk | null = null;
  private kept: Kept = new WeakMap();
  /** The form with one more entry: good until anything else changes. */
  private next: EntryAhead | undefined;
  /** Reopened by a supplement, yet not visible with the answers this phone knows. */
  private hidden: readonly string[] = [];

  private find: (() => void) | undefined;

  constructor(
    private readonly keeping: Keeping,
    readonly draft: Draft,
    private readonly form: Form,
    changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {
    super(changed);
  }

  /** The form's shape is part of every scene. */
  override stage(now: () => string): (() => void) | undefined {
    // What a supplement reopens may be kept out of the form's sight, so its shape does not tell.
    return this.draft.supplement ? undefined : super.stage(() => `${shapeOf(this.form)} ${now()}`);
  }

  walk(): Walk {
    const shape = shapeOf(this.form);
    if (this.known?.shape === shape) return this.known;
    const all = pagesOf(shownItems(this.form, this.kept));
    const { supplement } = this.draft;
    if (supplement) {
      const paths = supplement.items.map((item) => item.path);
      const visible = onlyReopened(all, paths);
      this.hidden = paths.filter((path) => !pageOfRef(visible, path));
      const others = this.hidden
        .map((path) => hiddenQuestion(this.form, path))
        .filter((item) => item !== undefined);
      const pages = visible.concat(pagesOf(others as Shown[]));
      this.known = { pages, declaration: undefined, hasDeclaration: true, shape };
    } else {
      this.known = walkOf(all, this.form);
    }
    return this.known;
  }

  question(shown: Pick<Shown, "ref" | "element">): Question {
    const question = questionOf(this.form, shown);
    if (!this.hidden.includes(shown.ref)) return question;
    return { ...question, value: keptAnswer(this.form, shown.ref) };
  }

  set(ref: string, value: string): void {
    answerQuestion(this.form, ref, value);
    this.touch();
  }

  /** @param isAttempt something done at once failed (a photo taken): told at once, and no hindrance to going on */
  refuse(ref: string, why: string | null, isAttempt = false): void {
    if (why === null) this.refusals.delete(ref);
    else this.refusals.set(ref, why);
    if (why !== null && isAttempt) {
      this.attempts.add(ref);
      this.told.add(ref);
    } else this.attempts.delete(ref);
    this.answered();
  }

  addEntry(repeat: string): string {
    const ref = this.takeNext(repeat) ?? addEntry(this.form, repeat);
    this.touch();
    return ref;
  }

  /** The entry that was made ready, where it still is what adding one would give. */
  private takeNext(repeat: string): string | undefined {
    const { next } = this;
    if (next?.repeat !== repeat || !next.take) return undefined;
    next.take();
    this.kept = next.kept;
    this.known = walkOf(next.pages, this.form);
    return next.ref;
  }

  /** The first page of the entry that `addEntry` would add, to be drawn before anybody asks for it. */
  async ahead(repeat: string): Promise<Ahead | undefined> {
    if (this.draft.supplement) return undefined;
    const { entryAhead } = await import("../forms/renderer/ahead.ts");
    this.next = entryAhead(this.form, repeat, this);
    return this.next;
  }

  removeEntry(ref: string): void {
    removeEntry(this.form, ref);
    // Later entries move up, so what was told by reference no longer fits.
    this.told.clear();
    this.refusals.clear();
    this.touch();
  }

  /** What is wrong with a question, once the person has been shown it; in words. */
  faultOf(question: Question, words: Words): string | null {
    if (!this.told.has(question.ref)) return null;
    const refusal = this.refusals.get(question.ref);
    if (refusal) return refusal;
    const fault = this.faultAt(question.ref);
    return fault ? faultWords(fault, question, words) : null;
  }

  /** Shows what is wrong with the questions of a page. @returns the references that are wrong */
  tell(items: readonly Shown[]): string[] {
    const refs = questionsIn(items)
      .filter((item) => item.element.as !== "note")
      .map((item) => item.ref);
    for (const ref of refs) {
      this.told.add(ref);
      if (this.attempts.delete(ref)) this.refusals.delete(ref);
    }
    this.changed();
    return refs.filter((ref) => this.refusals.has(ref) || this.faultAt(ref) !== undefined);
  }

  /** Every fault of what will be sent, in the order of the form. */
  faults(): Fault[] {
    const { pages, declaration } = this.walk();
    const wanted = (ref: string): boolean =>
      !this.draft.supplement || pageOfRef(pages, ref) !== undefined;
    const found = faultsIn(this.form).filter(
      (fault) => fault.ref !== declaration?.ref && wanted(fault.ref),
    );
    return found.concat(
      this.hidden.map((ref) => this.faultAt(ref)).filter((fault) => fault !== undefined) as Fault[],
    );
  }

  answers(): Answers {
    return this.hidden.reduce((answers, ref) => {
      const value = this.valueAt(ref);
      return value === "" ? answers : withAnswer(answers, ref, value);
    }, finishForm(this.form));
  }

  speak(language: Language): void {
    if (!speak(this.form, language) && this.draft.language === language) return;
    this.draft.language = language;
    this.known = null;
    this.next = undefined;
    this.changed();
  }

  /**
   * Lets the phone find out what the form wants without a question (where it was begun).
   * @returns to be called when the screen is left
   */
  seek(): () => void {
    let isLeft = false;
    findAsked(this.form, (ref, value) => isLeft || this.set(ref, value)).then(
      (find) => {
        if (isLeft) return;
        this.find = find;
        find();
      },
      () => undefined,
    );
    return () => {
      isLeft = true;
      this.find = undefined;
    };
  }

  /** Remembers where the person is, to come back to. */
  stand(position: string): void {
    if (this.draft.position === position) return;
    this.draft.position = position;
    this.later();
  }

  /** Keeps everything as it is now. */
  flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.draft.answers = saveForm(this.form);
    this.saving = this.keeping.save(this.draft).catch(this.failed);
    return this.saving;
  }

  /** Whatever was begun is on the disk, and nothing more is coming. */
  async settle(): Promise<void> {
    if (this.timer !== null) await this.flush();
    await this.saving;
  }

  readonly host: Host = {
    keepPhoto: async (ref, file) => this.keep(ref, await shrinkPhoto(file)),
    keepDrawing: (ref, drawing) => this.keep(ref, drawing),
    keepFile: async (ref, file, asked) => this.keep(ref, { blob: await checkedFile(file, asked) }),
    dropPage: async (ref) => {
      const name = this.valueAt(ref);
      this.set(ref, "");
      await this.flush();
      await this.keeping.removePage(this.draft, name);
      this.changed();
    },
    preview: (name) => {
      const page = this.pageOf(name);
      return page ? this.keeping.preview(page) : Promise.reject(new Error("no such page"));
    },
    sizeOf: (name) => this.pageOf(name)?.size,
    typeOf: (name) => this.pageOf(name)?.type,
    mediaAddress: (name) => mediaAddress(this.form, name),
    flush: () => this.flush(),
    makeReady: async () => {
      await this.flush();
      await this.keeping.makeReady(window.location.pathname + window.location.search);
    },
  };

  private async keep(
    ref: string,
    picture: { blob: Blob; width?: number; height?: number },
  ): Promise<void> {
    const before = this.valueAt(ref);
    const page = await this.keeping.addPage(this.draft, ref, picture);
    this.set(ref, page.name);
    await this.flush();
    if (before !== "") await this.keeping.removePage(this.draft, before);
    this.changed();
  }

  private pageOf(name: string): Draft["pages"][number] | undefined {
    return this.draft.pages.find((one) => one.name === name);
  }

  /** What is asked for again must be answered, even where the form would not ask. */
  private faultAt(ref: string): Fault | undefined {
    const isEmpty = this.hidden.includes(ref) && this.valueAt(ref) === "";
    return isEmpty ? { ref, kind: "required" } : faultsIn(this.form, ref)[0];
  }

  private valueAt(ref: string): string {
    const page = pageOfRef(this.walk().pages, ref);
    const item = page && questionsIn(page.items).find((one) => one.ref === ref);
    return item ? this.question(item).value : "";
  }

  private touch(): void {
    this.next = undefined;
    // What a supplement reopens may be kept out of the form's sight, so its shape does not tell.
    if (this.draft.supplement) this.known = null;
    this.find?.();
    this.later();
    this.answered();
  }

  private later(): void {
    const now = performance.now();
    if (this.timer === null) this.since = now;
    else if (now - this.since > PATIENCE) return;
    else clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), LULL);
  }
}

function walkOf(all: readonly Page[], form: Form): KnownWalk {
  const { pages, declaration } = withoutDeclaration(all);
  return { pages, declaration, hasDeclaration: declaration !== undefined, shape: shapeOf(form) };
}

function faultWords(fault: Fault, question: Question, words: Words): string {
  if (fault.message) return fault.message;
  if (fault.kind === "required" && question.element.as === "upload")
    return question.element.mediatype?.startsWith("image/") === false
      ? words.faults.requiredFile
      : words.faults.requiredPhoto;
  if (fault.kind === "required" && question.element.as === "trigger")
    return words.faults.requiredDeclaration;
  if (fault.kind === "type" && question.type === "int") return words.faults.integer;
  return words.faults[fault.kind];
}
