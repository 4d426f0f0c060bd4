/**
 * State → pages, and moves between them. One question a page; a field-list group shares one page; a
 * repeat shows the pages of its entries in turn and then one page that lists them and adds another.
 * The declaration, when the form ends with one, waits for the screen with the Send button. Pure.
 */
import type { Element } from "../engine/definition.ts";

/** One visible element of the form, as the engine walks it in body order. */
export interface Shown {
  element: Element;
  /** Instance node; for a group without a node the reference of the nearest node above. */
  ref: string;
  label: string;
  isRequired?: boolean;
  isReadonly?: boolean;
  /** Of a group. */
  items?: readonly Shown[] | undefined;
  /** Of a repeat. */
  entries?: readonly { ref: string; items: readonly Shown[] }[] | undefined;
  /** Of a repeat: the person may add and remove entries. */
  isOpen?: boolean;
}

/** The repeat entry that a page belongs to; positions from 1. */
export interface Entry {
  repeat: string;
  ref: string;
  at: number;
  label: string;
  isOpen: boolean;
}

export interface Page {
  /** Names the page in addresses and in a draft's position; stays the same while it is visible. */
  key: string;
  kind: "questions" | "entries";
  /** Labels of the groups around it, the outermost first. */
  sections: readonly string[];
  items: readonly Shown[];
  /** Several questions on one screen under a group's name. */
  isList: boolean;
  title: string;
  entry: Entry | null;
  /** Worked out by the form: no stop on the way, but shown when checking. */
  isSilent: boolean;
  /** The same page under another key, with some of its questions alone. */
  only(items: readonly Shown[], key: string): Page;
}

/** Words are asked for when they are read: they may change with an answer while the pages stay. */
type Words = () => string;

export function pagesOf(items: readonly Shown[]): Page[] {
  const pages: Page[] = [];
  collect(items, [], null, pages);
  return pages;
}

function collect(
  items: readonly Shown[],
  sections: readonly Words[],
  entry: Entry | null,
  pages: Page[],
): void {
  for (const item of items) {
    if (item.element.as === "group") collectGroup(item, sections, entry, pages);
    else if (item.element.as === "repeat") collectRepeat(item, sections, entry, pages);
    else
      pages.push(
        new Sheet(item.ref, "questions", sections, [item], false, () => item.label, entry),
      );
  }
}

function collectGroup(
  group: Shown,
  sections: readonly Words[],
  entry: Entry | null,
  pages: Page[],
): void {
  const label = (): string => group.label;
  const inside = [...sections, label];
  const items = group.items ?? [];
  if (!isFieldList(group) || items.length === 0) {
    collect(items, inside, entry, pages);
    return;
  }
  const [shared, repeats] = [items.filter((item) => !hasRepeat(item)), items.filter(hasRepeat)];
  // A table of choices carries its name as a note inside.
  const isUnnamed = group.element.label === undefined && shared[0]?.element.as === "note";
  const name = isUnnamed && shared.length > 1 ? shared.shift() : undefined;
  const title = name ? (): string => name.label : label;
  const first = questionsIn(shared)[0];
  if (first) pages.push(new Sheet(first.ref, "questions", sections, shared, true, title, entry));
  collect(repeats, inside, entry, pages);
}

function collectRepeat(
  repeat: Shown,
  sections: readonly Words[],
  around: Entry | null,
  pages: Page[],
): void {
  // A repeat is usually named by the group around it.
  const label = (): string => repeat.label || (said(sections).pop() ?? "");
  const inside = [...sections, () => repeat.label];
  const isOpen = repeat.isOpen ?? true;
  (repeat.entries ?? []).forEach((one, at) => {
    const entry: Entry = {
      repeat: repeat.ref,
      ref: one.ref,
      at: at + 1,
      get label() {
        return label();
      },
      isOpen,
    };
    const items = one.items;
    const first = questionsIn(items)[0];
    if (isFieldList(repeat) && first && !items.some(hasRepeat)) {
      pages.push(new Sheet(first.ref, "questions", inside, items, true, label, entry));
    } else collect(items, inside, entry, pages);
  });
  if (isOpen)
    pages.push(new Sheet(`${repeat.ref}[]`, "entries", sections, [repeat], false, label, around));
}

/** Made for every question of a form at once, and read for one: what is words waits to be asked. */
class Sheet implements Page {
  readonly isSilent: boolean;

  constructor(
    readonly key: string,
    readonly kind: Page["kind"],
    private readonly around: readonly Words[],
    readonly items: readonly Shown[],
    readonly isList: boolean,
    private readonly name: Words,
    readonly entry: Entry | null,
  ) {
    this.isSilent = kind === "questions" && items.every(isSilent);
  }

  get sections(): readonly string[] {
    return said(this.around);
  }

  get title(): string {
    return this.name();
  }

  only(items: readonly Shown[], key: string): Page {
    const isList = items.length > 1;
    return new Sheet(key, this.kind, this.around, items, isList, this.name, this.entry);
  }
}

function isSilent(item: Shown): boolean {
  const { as } = item.element;
  if (as === "group") return item.items?.every(isSilent) ?? true;
  return as === "repeat" || item.isReadonly === true;
}

function said(sections: readonly Words[]): string[] {
  return sections.map((words) => words()).filter((words) => words !== "");
}

function isFieldList(item: Shown): boolean {
  return item.element.appearance?.includes("field-list") ?? false;
}

function hasRepeat(item: Shown): boolean {
  return item.element.as === "repeat" || (item.items?.some(hasRepeat) ?? false);
}

/** The questions and notes among items, those inside groups too, in order. */
export function questionsIn(items: readonly Shown[]): Shown[] {
  return items.reduce<Shown[]>((all, item) => {
    if (item.element.as === "group") return all.concat(questionsIn(item.items ?? []));
    return item.element.as === "repeat" ? all : all.concat(item);
  }, []);
}

/** The page that shows a reference: the question itself, else the first page inside it. */
export function pageOfRef(pages: readonly Page[], ref: string): Page | undefined {
  return (
    pages.find((one) => one.key === ref) ??
    pages.find(
      (one) => one.kind === "questions" && questionsIn(one.items).some((item) => item.ref === ref),
    ) ??
    pages.find((one) => one.key === `${ref}[]`) ??
    pages.find((one) => one.key.startsWith(`${ref}/`) || one.key.startsWith(`${ref}[`))
  );
}

/** The first page, in the order of the form, that one of the faults lies on. */
export function firstFaultPage(
  pages: readonly Page[],
  faults: readonly { ref: string }[],
): Page | undefined {
  const found = faults.map((fault) => pageOfRef(pages, fault.ref));
  return pages.find((one) => found.includes(one));
}

/** The page `step` away from the one named, silent ones passed over; undefined beyond either end. */
export function neighbour(pages: readonly Page[], key: string, step: 1 | -1): Page | undefined {
  const at = pages.findIndex((one) => one.key === key);
  if (at < 0) return undefined;
  for (let to = at + step; to >= 0 && to < pages.length; to += step) {
    if (!pages[to]?.isSilent) return pages[to];
  }
  return undefined;
}

/** The pages a person stops at. */
export function stops(pages: readonly Page[]): Page[] {
  return pages.filter((one) => !one.isSilent);
}

/**
 * Takes the closing declaration out of the walk: the last required box to tick that has a page of
 * its own outside any repeat. It is shown beside Send.
 */
export function withoutDeclaration(pages: readonly Page[]): {
  pages: Page[];
  declaration: Shown | undefined;
} {
  for (let at = pages.length - 1; at >= 0; at--) {
    const one = pages[at];
    const item = one?.items[0];
    if (
      one &&
      item &&
      one.items.length === 1 &&
      one.entry === null &&
      item.element.as === "trigger" &&
      item.isRequired
    ) {
      return { pages: pages.filter((other) => other !== one), declaration: item };
    }
  }
  return { pages: pages.slice(), declaration: undefined };
}

/** Only the questions a supplement reopens, each page reduced to them. */
export function onlyReopened(pages: readonly Page[], paths: readonly string[]): Page[] {
  const wanted = (ref: string): boolean =>
    paths.some((path) => ref === path || ref.startsWith(`${path}/`) || ref.startsWith(`${path}[`));
  return pages.reduce<Page[]>((kept, one) => {
    const items =
      one.kind === "entries"
        ? wanted(one.items[0]?.ref ?? "")
          ? one.items
          : []
        : questionsIn(one.items).filter((item) => wanted(item.ref));
    const first = items[0];
    if (!first) return kept;
    return kept.concat(one.only(items, one.kind === "entries" ? one.key : first.ref));
  }, []);
}
