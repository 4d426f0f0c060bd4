import assert from "node:assert/strict";
import test from "node:test";
import { fitted, pictureKind } from "../../../pwa/capture/sizes.ts";

test("a photo is fitted to its long side, upright and across, and never made larger", () => {
  assert.deepEqual(fitted({ width: 4000, height: 3000 }, 1600), { width: 1600, height: 1200 });
  assert.deepEqual(fitted({ width: 3000, height: 4000 }, 1600), { width: 1200, height: 1600 });
  assert.deepEqual(fitted({ width: 640, height: 480 }, 1600), { width: 640, height: 480 });
  assert.deepEqual(fitted({ width: 10_000, height: 1 }, 1600), { width: 1600, height: 1 });
});

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test("pictures are known by their first bytes", () => {
  assert.equal(pictureKind(bytes("\xff\xd8\xff\xe0")), "jpeg");
  assert.equal(pictureKind(bytes("\x89PNG\r\n\x1a\n")), "png");
  assert.equal(pictureKind(bytes("RIFF\0\0\0\0WEBPVP8 ")), "webp");
  assert.equal(pictureKind(bytes("GIF89a")), "gif");
  assert.equal(pictureKind(bytes("\0\0\0\x18ftypheic")), "heic");
});

test("what is no picture is not taken for one, whatever its name", () => {
  for (const start of [
    "%PDF-1.7",
    "<html>",
    "PK\x03\x04",
    "\0\0\0\x18ftypmp42",
    "RIFF\0\0\0\0WAVE",
    "",
  ]) {
    assert.equal(pictureKind(bytes(start)), null, start);
  }
});
