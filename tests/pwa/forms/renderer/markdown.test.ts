import assert from "node:assert/strict";
import { test } from "node:test";
import type { VNode } from "preact";
import { inline, plain } from "../../../../pwa/forms/renderer/markdown.tsx";

const types = (text: string): unknown[] =>
  inline(text).map((piece) => (typeof piece === "string" ? piece : piece.type));

test("strong and emphasised words become elements, the rest stays text", () => {
  assert.deepEqual(types("Ghi **đủ** và _rõ_ ràng"), ["Ghi ", "strong", " và ", "em", " ràng"]);
});

test("names with underscores and lone stars are left alone", () => {
  assert.deepEqual(types("me_ho_ten"), ["me_ho_ten"]);
  assert.deepEqual(types("3 * 4 * 5"), ["3 * 4 * 5"]);
});

test("only addresses that are safe to follow become links", () => {
  const [link] = inline("[Luật](https://example.org/a)") as [VNode<{ href: string; rel: string }>];
  assert.equal(link.type, "a");
  assert.equal(link.props.href, "https://example.org/a");
  assert.deepEqual(types("[Bấm](javascript:alert(1))").includes("a"), false);
});

test("markup of a page stays words", () => {
  assert.deepEqual(types("<img src=x onerror=alert(1)>"), ["<img src=x onerror=alert(1)>"]);
});

test("read aloud or shown bare, words carry no marks", () => {
  assert.equal(plain("# Xin **chào** _bạn_\n[Trang](https://example.vn)"), "Xin chào bạn\nTrang");
});
