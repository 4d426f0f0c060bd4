/**
 * A form to try, filled as people would, without account, draft or Send. A banner on every page says
 * so; the end shows the answers that would go out.
 */
import type { JSX } from "preact";
import { pageOfRef, stops } from "../../forms/renderer/page.ts";
import { useWords } from "../../language/context.ts";
import type { trialInVietnamese } from "../../language/vi-trial.ts";
import { FormFrame } from "../design/form-frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import type { Filling } from "../filling.ts";
import { CheckScreen } from "./draft-check.tsx";
import { DraftPage } from "./draft-page.tsx";
import { CHECK, DECLARE, type DraftProps } from "./draft-places.ts";

export type TrialWords = typeof trialInVietnamese;

/** In the address: which page, and whether one came to it from checking. */
const [PLACE, FROM_CHECK] = ["q", "check"];

// Where an author serves one form, its first address compiles it anew.
const leave = (): void => window.location.assign("/");

export function TrialScreen({
  filling,
  trial,
  query,
  go: goTo,
}: {
  filling: Filling;
  trial: TrialWords;
  query: string;
  /** Changes the query; null takes a name out. */
  go(changes: { [name: string]: string | null }, replace: boolean): void;
}): JSX.Element {
  const search = new URLSearchParams(query);
  const { pages, declaration } = filling.walk();
  const asked = search.get(PLACE) ?? "";
  const go: DraftProps["go"] = (key, { isFromCheck = false, replace = false } = {}) =>
    goTo({ [PLACE]: key, [FROM_CHECK]: isFromCheck ? "" : null }, replace);
  const warning = (
    <Notice tone="attention">
      <p>
        <strong>{trial.banner}</strong>
      </p>
    </Notice>
  );
  const shared = { filling, go, leave, warning };
  if (asked === DECLARE || (declaration && asked === declaration.ref))
    return <End {...shared} trial={trial} />;
  const page =
    asked === CHECK ? undefined : (asked !== "" && pageOfRef(pages, asked)) || stops(pages)[0];
  if (!page) return <CheckScreen {...shared} />;
  return <DraftPage {...shared} page={page} isFromCheck={search.has(FROM_CHECK)} />;
}

/** Where the form would be: why it is not to be had. */
export function TrialProblem({ code, trial }: { code: string; trial: TrialWords }): JSX.Element {
  const words = useWords();
  return (
    <FormFrame title={trial.title} at="" progress={null} leave={leave}>
      <Heading>{trial.title}</Heading>
      <Notice tone="attention" role="alert">
        <p>{code === "not-found" ? trial.missing : trial.failed}</p>
        {code !== "not-found" && (
          <button type="button" class="button second" onClick={() => window.location.reload()}>
            {words.app.tryAgain}
          </button>
        )}
      </Notice>
    </FormFrame>
  );
}

/** Where Send would be: nothing goes out, so the answers are shown as they would. */
function End({
  filling,
  go,
  warning,
  trial,
}: DraftProps & { warning: JSX.Element; trial: TrialWords }): JSX.Element {
  const words = useWords();
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
