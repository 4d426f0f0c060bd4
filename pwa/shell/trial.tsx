/**
 * Trying a form, for who opens nothing but its link: no store, no worker, no other screen. The server
 * makes a page of its own for it (trial-page.ts), with the form in it; where the worker answers for
 * the address with the page of the whole app, that one takes this part in.
 */
import { type JSX, render } from "preact";
import { useEffect, useReducer, useState } from "preact/hooks";
import { LanguageContext } from "../language/context.ts";
import { trialInEnglish } from "../language/en-trial.ts";
import { codeOf, type FormWords, type Language, languageOf } from "../language/messages.ts";
import { formWordsInVietnamese } from "../language/vi-form-words.ts";
import { trialInVietnamese } from "../language/vi-trial.ts";
import { RunningContext } from "./app-context.ts";
import type { Filling } from "./filling.ts";
import { Guard } from "./guard.tsx";
import { followLinks } from "./links.ts";
import { createRouter, type Router } from "./router.ts";
import { TrialProblem, TrialScreen } from "./screens/trial.tsx";
import { Trial } from "./trial-filling.ts";

const TRIAL = { vi: trialInVietnamese, en: trialInEnglish };
/** In the address, so that a link may be sent round in a language. */
const LANGUAGE = "language";

/** What is on the screen in one language. */
interface Shown {
  language: Language;
  words: FormWords;
  /** The form, or the code of why it is not to be had. */
  filling: Filling | string;
}

interface Page {
  router: Router;
  show(language: Language): Promise<Shown>;
  /** Set once there is something to draw again. */
  redraw(): void;
}

async function wordsOf(language: Language): Promise<FormWords> {
  return language === "vi" ? formWordsInVietnamese : (await import("../language/en.ts")).english;
}

/** Shows the form of the address in `place`. */
export async function startTrial(place: HTMLElement): Promise<void> {
  const router = createRouter(window);
  const { path, query } = router.current();
  const page: Page = { router, show, redraw: () => undefined };
  const trial = new Trial(path.split("/")[2] ?? "", () => page.redraw());
  followLinks(
    () => false,
    () => undefined,
  );

  async function show(language: Language): Promise<Shown> {
    const [words, filling] = await Promise.all([
      wordsOf(language),
      trial.in(language).catch(codeOf),
    ]);
    // Nothing is kept, so nothing may say so.
    const form = { ...words.form, leave: TRIAL[language].leave };
    return { language, words: { ...words, form }, filling };
  }

  const asked = languageOf(new URLSearchParams(query).get(LANGUAGE));
  const first = await show(asked).catch(() => show("vi"));
  place.textContent = "";
  render(<TrialPage page={page} first={first} />, place);
}

function TrialPage({ page, first }: { page: Page; first: Shown }): JSX.Element {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [{ language, words, filling }, setShown] = useState(first);
  const { router } = page;
  useEffect(() => {
    page.redraw = () => redraw(undefined);
    return router.listen(page.redraw);
  }, [page, router]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const go = (changes: { [name: string]: string | null }, replace: boolean): void => {
    const { path, query } = router.current();
    const search = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) search.delete(name);
      else search.set(name, value);
    }
    router.go(`${path}?${search}`, { replace });
  };
  const setLanguage = async (wanted: Language): Promise<void> => {
    setShown(await page.show(wanted));
    go({ [LANGUAGE]: wanted }, true);
  };
  const around = { app: { setLanguage }, state: { language, catalogue: null }, router };
  const given = { trial: TRIAL[language], go };
  return (
    <LanguageContext.Provider value={{ language, words }}>
      <RunningContext.Provider value={around}>
        <a class="skip" href="#content">
          {words.app.skip}
        </a>
        <Guard words={words.app}>
          {typeof filling === "string" ? (
            <TrialProblem code={filling} trial={given.trial} />
          ) : (
            <TrialScreen {...given} filling={filling} query={router.current().query} />
          )}
        </Guard>
      </RunningContext.Provider>
    </LanguageContext.Provider>
  );
}
