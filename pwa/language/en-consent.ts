/** What is said before a dossier asks for anything personal. English. */
import type { consentInVietnamese } from "./vi-consent.ts";

export const consentInEnglish: typeof consentInVietnamese = {
  title: "Before you start",
  lead: "This dossier asks for personal things. Please read or listen before you agree.",
  facts: (procedure, days) => [
    ["What for?", `Only to handle this service: ${procedure}.`],
    [
      "Who receives it?",
      "The commune you choose and the offices that handle this service with it. Nobody else.",
    ],
    [
      "What?",
      "Your answers, photos of papers and the signature. Some may be sensitive: identity card, ethnicity, health.",
    ],
    [
      "For how long?",
      `On this phone: erased ${days} days after the dossier has ended. At the agency: as long as the law keeps dossiers.`,
    ],
    [
      "Your rights",
      "To see it, correct it, get a copy, and have erased what the law need not keep: ask the one-stop desk. Before Send you may stop at any time. Afterwards you may still withdraw.",
    ],
  ],
  agree: "I understand and agree",
  agreeHint: "If I am helping, the applicant has heard this and agrees too.",
  fault: "Without agreeing it cannot be done here. You may file it in person at the one-stop desk.",
  go: "Continue",
};
