/** Words of going over to a newer version of a form. English. */
import type { carryInVietnamese } from "./vi-carry.ts";

export const carryInEnglish: typeof carryInVietnamese = {
  carry: {
    title: "The form has changed",
    lead: "The commune has a new form for this dossier. You do not start over: your answers are carried to the new form.",
    kept: (count) =>
      count === 1 ? "1 answer stays as it is" : `${count} answers stay as they are`,
    added: "New questions",
    addedLead: "The new form also asks:",
    mustAnswer: "must be answered",
    changed: "Questions that changed",
    before: (label) => `Asked before: ${label}`,
    what: {
      label: "Other words",
      hint: "Other guidance",
      type: "Answered in another way",
      required: "Must now be answered",
      choices: "Other choices",
    },
    offered: (names) => `New: ${names}`,
    withdrawn: (names) => `Gone: ${names}`,
    isWrong: "Please look at your answer again",
    lost: "Answers that no longer fit",
    lostLead:
      "Nothing is thrown away. These answers stay with your draft until it is sent, for you to read and copy.",
    accept: "Go to the new form",
    keep: "Keep the old form",
    keepUntil: (day) => `The old form is accepted until ${day}.`,
    ended: "The old form is no longer accepted: go to the new one to be able to send.",
    nothing: "None of your answers is affected.",
  },
};
