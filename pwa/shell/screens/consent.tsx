/**
 * Before the first personal question of a dossier: what it is for, who receives it, how long it is
 * kept, and the person's rights; then their agreement, never ticked beforehand. Which words were
 * agreed to, and when, goes with the dossier.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { Listen } from "../../forms/renderer/listen.tsx";
import { useWords } from "../../language/context.ts";
import { CONSENT_VERSION } from "../../language/vi-consent.ts";
import { instant } from "../../store/identifiers.ts";
import { USUAL_DAYS } from "../../store/records.ts";
import { useApp } from "../app-context.ts";
import { Card, Fault } from "../design/fields.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading } from "../design/parts.tsx";

/** Which words a person agreed to, and when by the phone's clock. */
export interface Consent {
  version: string;
  at: string;
}

export function ConsentScreen({
  procedure,
  back,
  agree,
}: {
  /** Its name. */
  procedure: string;
  back(): void;
  agree(consent: Consent): void;
}): JSX.Element {
  const { state } = useApp();
  const words = useWords();
  const { consent } = words;
  const [isAgreed, setAgreed] = useState(false);
  const [isWrong, setWrong] = useState(false);
  const facts = consent.facts(procedure, state.catalogue?.keptDays ?? USUAL_DAYS);
  const aloud = facts.map(([title, text]) => `${title} ${text}`).join(" ");
  return (
    <Frame title={consent.title} tab="procedures">
      <div>
        <button type="button" class="link" onClick={back}>
          <Icon name="back" />
          {words.app.back}
        </button>
        <Heading>{consent.title}</Heading>
        <p class="lead">{consent.lead}</p>
      </div>
      <Listen text={`${consent.lead} ${aloud}`} about={consent.title} />
      <div class="card">
        <dl class="facts">
          {facts.map(([title, text]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setWrong(!isAgreed);
          if (isAgreed) agree({ version: CONSENT_VERSION, at: instant(Date.now()) });
          else document.getElementById("consent")?.focus();
        }}
      >
        <div class={isWrong ? "question wrong" : "question"}>
          <Fault id="consent" fault={isWrong ? consent.fault : undefined} />
          <Card
            id="consent"
            type="checkbox"
            label={consent.agree}
            hint={consent.agreeHint}
            isChosen={isAgreed}
            press={() => setAgreed(!isAgreed)}
          />
        </div>
        <button type="submit" class="button question">
          {consent.go}
          <Icon name="next" after />
        </button>
      </form>
    </Frame>
  );
}
