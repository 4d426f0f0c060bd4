import assert from "node:assert/strict";
import { test } from "node:test";
import { pathOf } from "../../../../pwa/shell/design/qr.tsx";

test("neighbouring dark modules become one stroke, inside a white border", () => {
  const rows = ["##.", "...", "#.#"];
  const path = pathOf(3, (row, column) => rows[row]?.[column] === "#");
  assert.equal(path, "M4 4h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z");
});
