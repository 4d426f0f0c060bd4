import assert from "node:assert/strict";
import { test } from "node:test";
import { canSpeak, say, voiceOf } from "../../../pwa/language/speak.ts";

const voice = (lang: string, localService: boolean): SpeechSynthesisVoice => ({
  ...{ lang, localService, name: lang, voiceURI: lang, default: false },
});

test("a voice that works without a network is taken before one that does not", () => {
  const far = voice("vi-VN", false);
  const near = voice("vi_VN", true);
  assert.equal(voiceOf([voice("en-US", true), far, near], "vi"), near);
  assert.equal(voiceOf([far], "vi"), far);
});

test("no voice reads a language that is not its own", () => {
  assert.equal(voiceOf([voice("en-US", true)], "vi"), undefined);
});

test("where the phone cannot speak nothing waits for it", () => {
  assert.equal(canSpeak("vi"), false);
  let isDone = false;
  say("Xin chào", "vi", () => {
    isDone = true;
  });
  assert.equal(isDone, true);
});
