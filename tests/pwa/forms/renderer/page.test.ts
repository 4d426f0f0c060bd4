import assert from "node:assert/strict";
import { test } from "node:test";
import type { Element } from "../../../../pwa/forms/engine/definition.ts";
import {
  firstFaultPage,
  neighbour,
  onlyReopened,
  pageOfRef,
  pagesOf,
  type Shown,
  stops,
  withoutDeclaration,
} from "../../../../pwa/forms/renderer/page.ts";

const element = (as: Element["as"], appearance: string[] = []): Element => ({ as, appearance });
const input = (ref: string, more: Partial<Shown> = {}): Shown => ({
  element: element("input"),
  ref,
  label: ref,
  ...more,
});
const group = (label: string, items: Shown[], appearance: string[] = []): Shown => ({
  element: element("group", appearance),
  ref: `/data/${label}`,
  label,
  items,
});
const repeat = (ref: string, entries: Shown[][], isOpen = true): Shown => ({
  element: element("repeat"),
  ref,
  label: "",
  isOpen,
  entries: entries.map((items, at) => ({ ref: `${ref}[${at + 1}]`, items })),
});
const keys = (items: Shown[]): string[] => pagesOf(items).map((page) => page.key);

test("each question has a page of its own, under the name of its group", () => {
  const pages = pagesOf([
    input("/data/a"),
    group("Người mẹ", [input("/data/b"), input("/data/c")]),
  ]);
  assert.deepEqual(
    pages.map((page) => page.key),
    ["/data/a", "/data/b", "/data/c"],
  );
  assert.deepEqual(
    pages.map((page) => page.sections),
    [[], ["Người mẹ"], ["Người mẹ"]],
  );
});

test("a field list is one page, and a repeat inside it comes after", () => {
  const list = group(
    "Chỗ ở",
    [input("/data/a"), repeat("/data/r", [[input("/data/r[1]/x")]]), input("/data/b")],
    ["field-list"],
  );
  const [first, ...rest] = pagesOf([list]);
  assert.equal(first?.isList, true);
  assert.deepEqual(
    first?.items.map((item) => item.ref),
    ["/data/a", "/data/b"],
  );
  assert.deepEqual(
    rest.map((page) => page.key),
    ["/data/r[1]/x", "/data/r[]"],
  );
});

test("the entries of a repeat are walked in turn, then listed so that one more can be added", () => {
  const items = [
    group("Thành viên", [repeat("/data/r", [[input("/data/r[1]/x")], [input("/data/r[2]/x")]])]),
    input("/data/z"),
  ];
  assert.deepEqual(keys(items), ["/data/r[1]/x", "/data/r[2]/x", "/data/r[]", "/data/z"]);
  const [first] = pagesOf(items);
  assert.deepEqual(first?.entry, {
    repeat: "/data/r",
    ref: "/data/r[1]",
    at: 1,
    label: "Thành viên",
    isOpen: true,
  });
});

test("a repeat without entries still has its list, one of fixed length has none", () => {
  assert.deepEqual(keys([repeat("/data/r", [])]), ["/data/r[]"]);
  assert.deepEqual(keys([repeat("/data/r", [[input("/data/r[1]/x")]], false)]), ["/data/r[1]/x"]);
});

test("worked-out answers are no stop on the way but stay among the pages for checking", () => {
  const pages = pagesOf([
    input("/data/to", { isReadonly: true }),
    input("/data/a"),
    input("/data/w", { isReadonly: true }),
    input("/data/b"),
  ]);
  assert.deepEqual(
    stops(pages).map((page) => page.key),
    ["/data/a", "/data/b"],
  );
  assert.equal(neighbour(pages, "/data/a", 1)?.key, "/data/b");
  assert.equal(neighbour(pages, "/data/b", -1)?.key, "/data/a");
  assert.equal(neighbour(pages, "/data/a", -1), undefined);
  assert.equal(pages.length, 4);
});

test("the closing declaration waits for the screen with Send; boxes inside repeats do not", () => {
  const box = (ref: string): Shown => ({
    element: element("trigger"),
    ref,
    label: ref,
    isRequired: true,
  });
  const form = [
    input("/data/a"),
    box("/data/agree"),
    box("/data/declare"),
    input("/data/sign"),
    repeat("/data/r", [[box("/data/r[1]/ok")]]),
  ];
  const { pages, declaration } = withoutDeclaration(pagesOf(form));
  assert.equal(declaration?.ref, "/data/declare");
  assert.deepEqual(
    pages.map((page) => page.key),
    ["/data/a", "/data/agree", "/data/sign", "/data/r[1]/ok", "/data/r[]"],
  );
});

test("the first page with a fault is the first in the order of the form, not of the faults", () => {
  const pages = pagesOf([
    input("/data/a"),
    group("g", [input("/data/b"), input("/data/c")], ["field-list"]),
    input("/data/d"),
  ]);
  assert.equal(firstFaultPage(pages, [{ ref: "/data/d" }, { ref: "/data/c" }])?.key, "/data/b");
  assert.equal(firstFaultPage(pages, [{ ref: "/data/gone" }]), undefined);
});

test("a reference leads to the page that shows it or to the first page inside it", () => {
  const pages = pagesOf([
    repeat("/data/r", [[input("/data/r[1]/x")], [input("/data/r[2]/x")]]),
    input("/data/z"),
  ]);
  assert.equal(pageOfRef(pages, "/data/r[2]")?.key, "/data/r[2]/x");
  assert.equal(pageOfRef(pages, "/data/z")?.key, "/data/z");
  assert.equal(pageOfRef(pages, "/data/none"), undefined);
});

test("a supplement opens only the questions asked for, a list reduced to them", () => {
  const list = group("Giấy tờ", [input("/data/p1"), input("/data/p2")], ["field-list"]);
  const pages = onlyReopened(pagesOf([input("/data/a"), list, input("/data/b")]), [
    "/data/p2",
    "/data/b",
  ]);
  assert.deepEqual(
    pages.map((page) => page.key),
    ["/data/p2", "/data/b"],
  );
  assert.deepEqual(
    pages[0]?.items.map((item) => item.ref),
    ["/data/p2"],
  );
});

test("words of a page follow the answers though the pages stay", () => {
  let name = "Lò";
  const named = (item: Shown): Shown =>
    Object.defineProperty(item, "label", { get: () => `${item.ref} ${name}` });
  const [page] = pagesOf([named(group("g", [named(input("/data/a"))]))]);
  name = "Giàng";
  assert.equal(page?.title, "/data/a Giàng");
  assert.deepEqual(page?.sections, ["/data/g Giàng"]);
});
