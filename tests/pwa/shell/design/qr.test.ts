import assert from "node:assert/strict";
import { test } from "node:test";
import readQr from "jsqr";
import coder from "qrcode-generator";
import { pathOf } from "../../../../pwa/shell/design/qr.tsx";

test("neighbouring dark modules become one stroke, inside a white border", () => {
  const rows = ["##.", "...", "#.#"];
  const path = pathOf(3, (row, column) => rows[row]?.[column] === "#");
  assert.equal(path, "M4 4h2v1h-2zM4 6h1v1h-1zM6 6h1v1h-1z");
});

test("a receipt's address is read back from the path that draws it", () => {
  const address = `https://hoso.example/verify?receipt=${"eyJhbGciOiJFUzI1NiJ9.".repeat(40)}`;
  const code = coder(0, "L");
  code.addData(address);
  code.make();
  const side = code.getModuleCount();
  const path = pathOf(side, (row, column) => code.isDark(row, column));
  // Drawn as a screen would, three points to a module.
  const width = (side + 8) * 3;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of Array.from(path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)).map((found) =>
    found.map(Number),
  )) {
    for (let row = Number(y) * 3; row < Number(y) * 3 + 3; row++) {
      const from = (row * width + Number(x) * 3) * 4;
      for (let at = from; at < from + Number(length) * 12; at++) if (at % 4 !== 3) pixels[at] = 0;
    }
  }
  assert.equal(readQr(pixels, width, width)?.data, address);
});
