import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Definition } from "../../../pwa/forms/engine/definition.ts";
import { type Translation, withTranslations } from "../../../pwa/forms/translations.ts";

interface Vector {
  whole: Definition;
  served: Definition;
  files: Record<string, Translation>;
}

const vector = (): Vector => JSON.parse(readFileSync("tests/vectors/translations.json", "utf8"));

test("a form with all its translations is the form that was compiled", () => {
  const { whole, served, files } = vector();
  const { translations: _, ...rest } = withTranslations(served, files);
  assert.deepEqual(rest, whole);
});

test("a form with one translation speaks that language and its own", () => {
  const { served, files } = vector();
  const { body } = withTranslations(served, { en: files.en as Translation });
  assert.deepEqual(body[0]?.label, { vi: "Họ và tên", en: "Full name" });
  assert.deepEqual(body[3]?.label, "OK");
});

test("a form without translations speaks its own language", () => {
  const { served } = vector();
  assert.deepEqual(withTranslations(served, {}), vector().served);
});
