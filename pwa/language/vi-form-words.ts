/**
 * All words that filling a form may show, for the page that shows one form and nothing else. Vietnamese;
 * the other languages come whole.
 */
import type { RareWords } from "./rare.ts";
import { fileReasons, otherReasonInVietnamese } from "./vi-file-reasons.ts";
import { formsInVietnamese } from "./vi-forms.ts";
import { frameInVietnamese } from "./vi-frame.ts";

export const formWordsInVietnamese = {
  rare: null as RareWords | null,
  ...frameInVietnamese,
  ...formsInVietnamese,
  reasons: fileReasons,
  ...otherReasonInVietnamese,
};
