/** Words of trying a form. English. */
import type { trialInVietnamese } from "./vi-trial.ts";

export const trialInEnglish: typeof trialInVietnamese = {
  title: "Form preview",
  banner: "Preview: nothing is kept and nothing is sent.",
  endTitle: "End of the form",
  end: "This is only a preview. For real, people declare and press Send at this step.",
  answers: "The answers that would be sent",
  leave: "Leave",
  failed: "The form could not be opened. Please check the network and try again.",
  missing: "There is no such form on the server.",
};
