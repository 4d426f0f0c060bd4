/**
 * The script of the page that shows one form to try. It stands in the page itself, before the form:
 * it is read while the form is still on its way, and begins when all is there.
 */
import { trialInVietnamese } from "../language/vi-trial.ts";
import { startTrial } from "./trial.tsx";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("app");
  if (!place) return;
  startTrial(place).catch((error: unknown) => {
    // biome-ignore lint/suspicious/noConsole: the page tells the person, this tells a developer
    console.error(error);
    const waiting = place.querySelector(".waiting");
    if (waiting) waiting.textContent = trialInVietnamese.failed;
  });
});
