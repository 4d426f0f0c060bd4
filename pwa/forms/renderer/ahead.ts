/**
 * An entry that is not there yet, added to a copy of the form: a screen can draw its first page unseen
 * while the list of entries is looked at, and when the entry is wanted the form becomes what the copy is.
 */
import { addRepeat } from "../engine/change.ts";
import { become, fork } from "../engine/fork.ts";
import type { Asker } from "./ask.tsx";
import { type Page, pageOfRef, pagesOf } from "./page.ts";
import { type Form, type Kept, questionOf, shownIn } from "./session.ts";

/** What the screen draws before it is asked for. */
export interface Ahead {
  page: Page;
  /** Tells of the copy's questions; what is done with them is done to the form on the screen. */
  form: Asker;
}

export interface EntryAhead extends Ahead {
  repeat: string;
  /** Of the entry. */
  ref: string;
  pages: readonly Page[];
  kept: Kept;
  /**
   * Adds the entry to the form; for as long as nothing else is changed. Absent where it would come out
   * differently now: by the clock, or by what an action does.
   */
  take: (() => void) | undefined;
}

/** @param real the form on the screen. @returns undefined where the entry would show nothing */
export function entryAhead(form: Form, repeat: string, real: Asker): EntryAhead | undefined {
  const copy = fork(form);
  const ref = addRepeat(copy, repeat);
  const isLasting = !copy.hasReadClock && form.definition.actions.length === 0;
  const told = { form: copy };
  const kept: Kept = new WeakMap();
  const pages = pagesOf(shownIn(told, kept));
  const page = pageOfRef(pages, ref);
  const take = (): void => {
    become(form, copy);
    told.form = form;
  };
  const asker: Asker = {
    host: real.host,
    question: (item) => questionOf(told.form, item),
    faultOf: () => null,
    set: (path, value) => real.set(path, value),
    refuse: (path, why, isAttempt) => real.refuse(path, why, isAttempt),
    watch: (look) => real.watch(look),
  };
  const known = { repeat, ref, pages, kept, form: asker };
  return page && { ...known, page, take: isLasting ? take : undefined };
}
