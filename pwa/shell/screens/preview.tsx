/**
 * A form to try: filled as people would, by its digest alone, without account, draft or Send. A banner
 * on every page says so; the end shows the answers that would go out. A file of its own: who opens the
 * link of a form waits for nothing that other screens need.
 */
import type { JSX } from "preact";
import { useEffect, useReducer, useState } from "preact/hooks";
import { pageOfRef, stops } from "../../forms/renderer/page.ts";
import { useLanguage, useWords } from "../../language/context.ts";
import { trialInEnglish } from "../../language/en-trial.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { trialInVietnamese } from "../../language/vi-trial.ts";
import { useApp } from "../app-context.ts";
import { FormFrame } from "../design/form-frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { Filling } from "../filling.ts";
import type { Route } from "../router.ts";
import { CHECK, DECLARE, type DraftProps } from "./draft.tsx";
import { CheckScreen } from "./draft-check.tsx";
import { DraftPage } from "./draft-page.tsx";

const TRIAL = { vi: trialInVietnamese, en: trialInEnglish };

/** The screen of an address; null for all but that of a form to try. */
export function rareScreen(route: Route): JSX.Element | null {
  if (route.screen !== "preview") return null;
  return <PreviewScreen key={route.digest} digest={route.digest} />;
}

function PreviewScreen({ digest }: { digest: string }): JSX.Element {
  const { app, router } = useApp();
  const words = useWords();
  const language = useLanguage();
  const trial = TRIAL[language];
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [filling, setFilling] = useState<Filling | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    Filling.trial(app.store, digest, language, () => redraw(undefined))
      .then(setFilling)
      .catch((error: unknown) => setProblem(codeOf(error)));
  }, [digest, app.store]);
  useEffect(() => filling?.speak(language), [language, filling]);

  // Where an author serves one form, its first address compiles it anew.
  const leave = (): void => window.location.assign("/");
  if (!filling) {
    return (
      <FormFrame title={trial.title} at="" progress={null} leave={leave}>
        <Heading>{trial.title}</Heading>
        {problem ? (
          <Notice tone="attention" role="alert">
            <p>{problem === "not-found" ? trial.missing : reasonWords(words, problem)}</p>
          </Notice>
        ) : (
          <p role="status">{words.app.loading}</p>
        )}
      </FormFrame>
    );
  }
  const query = new URLSearchParams(router.current().query);
  const { pages, declaration } = filling.walk();
  const asked = query.get("q") ?? "";
  const go: DraftProps["go"] = (key, options = {}) => {
    const search = new URLSearchParams(options.isFromCheck ? { q: key, check: "" } : { q: key });
    router.go(`/preview/${digest}?${search}`, { replace: options.replace ?? false });
  };
  const warning = (
    <Notice tone="attention">
      <p>
        <strong>{trial.banner}</strong>
      </p>
    </Notice>
  );
  const shared = { filling, go, leave, warning };
  if (asked === DECLARE || (declaration && asked === declaration.ref)) return <End {...shared} />;
  const page =
    asked === CHECK ? undefined : (asked !== "" && pageOfRef(pages, asked)) || stops(pages)[0];
  if (!page) return <CheckScreen {...shared} />;
  return <DraftPage {...shared} page={page} isFromCheck={query.has("check")} />;
}

/** Where Send would be: nothing goes out, so the answers are shown as they would. */
function End({ filling, go, leave, warning }: DraftProps & { warning: JSX.Element }): JSX.Element {
  const words = useWords();
  const trial = TRIAL[useLanguage()];
  return (
    <FormFrame title={trial.endTitle} at={DECLARE} progress={null} leave={leave}>
      {warning}
      <Heading>{trial.endTitle}</Heading>
      <p class="lead">{trial.end}</p>
      <section aria-labelledby="trial-answers">
        <h2 id="trial-answers" class="section-title">
          {trial.answers}
        </h2>
        <pre class="card answers-sent">{JSON.stringify(filling.answers(), null, 2)}</pre>
      </section>
      <div class="form-actions">
        <div>
          <button type="button" class="button second" onClick={() => go(CHECK, { replace: true })}>
            {words.form.back}
          </button>
        </div>
      </div>
    </FormFrame>
  );
}
