/** Why something did not work and what to do, by code. English. */
import type { reasonsInVietnamese } from "./vi-reasons.ts";

export const reasonsInEnglish: typeof reasonsInVietnamese = {
  reasons: {
    "network-unreachable": "No network yet. It is sent by itself when there is a signal.",
    "storage-full": "The phone is full. Delete other pictures or videos and try again.",
  },
  otherReason: (code) => `That did not work. Try again, or read this code to the commune's officer: ${code}.`,
};
