import assert from "node:assert/strict";
import { test } from "node:test";
import { checkedFile, FileError } from "../../../pwa/capture/files.ts";
import { isWanted, LARGEST_PAGE, mediaType } from "../../../pwa/capture/media.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test("the first bytes say what a file is, whatever it claims", () => {
  assert.equal(mediaType(bytes("%PDF-1.7\n"), "image/png"), "application/pdf");
  assert.equal(mediaType(bytes("\xff\xd8\xff\xe0"), "application/pdf"), "image/jpeg");
  assert.equal(mediaType(bytes("ID3\x04"), ""), "audio/mpeg");
  assert.equal(mediaType(bytes("RIFF\0\0\0\0WAVE"), ""), "audio/wav");
});

test("what is claimed chooses between sound and film in one container", () => {
  const webm = bytes("\x1aE\xdf\xa3");
  assert.equal(mediaType(webm, "audio/webm;codecs=opus"), "audio/webm");
  assert.equal(mediaType(webm, ""), "video/webm");
  assert.equal(mediaType(bytes("\0\0\0\x18ftypM4A "), "audio/x-m4a"), "audio/mp4");
});

test("programs, pages and archives are no files to send", () => {
  for (const start of ["MZ", "<html>", "PK\x03\x04", "", "GIF89a"])
    assert.equal(mediaType(bytes(start), "video/mp4"), undefined);
});

test("a question for sound takes no film, one for documents takes any kind", () => {
  assert.equal(isWanted("audio/webm", "audio/*"), true);
  assert.equal(isWanted("video/webm", "audio/*"), false);
  assert.equal(isWanted("video/webm", "application/*"), true);
});

test("a file is kept under its true type, and refused by its size or kind", async () => {
  const pdf = new Blob(["%PDF-1.7\n"], { type: "text/html" });
  assert.equal((await checkedFile(pdf, "*/*")).type, "application/pdf");
  const refused = (code: string) => (error: unknown) =>
    error instanceof FileError && error.code === code;
  await assert.rejects(checkedFile(pdf, "audio/*"), refused("file-not-accepted"));
  const heavy = new Blob([new Uint8Array(LARGEST_PAGE + 1)]);
  await assert.rejects(checkedFile(heavy, "*/*"), refused("file-too-large"));
});
