/** One procedure before it is begun: the papers to have at hand, time, fee, who decides, what comes out. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useLanguage, useWords } from "../../language/context.ts";
import { pick } from "../../language/messages.ts";
import { useApp } from "../app-context.ts";
import { Frame } from "../design/frame.tsx";
import { Facts, Heading, Notice } from "../design/parts.tsx";
import { Begin } from "./begin.tsx";

export function ProcedureScreen({ code }: { code: string }): JSX.Element {
  const { state, router } = useApp();
  const words = useWords();
  const language = useLanguage();
  const [isBeginning, setBeginning] = useState(false);
  const procedure = state.catalogue?.procedures.find((one) => one.code === code);
  if (!procedure) {
    return (
      <Frame title={words.procedures.title} tab="procedures">
        <Heading>{words.procedures.title}</Heading>
        <Notice tone="attention">
          <p>{words.procedures.unknown}</p>
          <a href="/procedures">{words.tabs.procedures}</a>
        </Notice>
      </Frame>
    );
  }
  const name = pick(procedure.name, language);
  if (isBeginning) return <Begin procedure={procedure} back={() => setBeginning(false)} />;
  return (
    <Frame title={name} tab="procedures">
      <div>
        <button type="button" class="link" onClick={() => router.go("/procedures")}>
          <Icon name="back" />
          {words.tabs.procedures}
        </button>
        <Heading>{name}</Heading>
        <p class="lead">{pick(procedure.field, language)}</p>
      </div>
      {procedure.isOpen ? (
        <button type="button" class="button" onClick={() => setBeginning(true)}>
          {words.procedures.start}
          <Icon name="next" after />
        </button>
      ) : (
        <Notice tone="attention">
          <p>{words.procedures.closed}</p>
        </Notice>
      )}
      <section aria-labelledby="papers">
        <h2 id="papers" class="section-title">
          {words.procedures.papers}
        </h2>
        <div class="card">
          {procedure.papers.length === 0 ? (
            <p>{words.procedures.noPapers}</p>
          ) : (
            <>
              <ul class="papers">
                {procedure.papers.map((paper) => (
                  <li key={paper.name.vi}>
                    <Icon name="paper" />
                    <div>
                      <strong>{pick(paper.name, language)}</strong>
                      <p class="small soft">{pick(paper.when, language)}</p>
                    </div>
                  </li>
                ))}
              </ul>
              <p class="small soft">{words.procedures.photoHint}</p>
            </>
          )}
        </div>
      </section>
      <section aria-labelledby="facts">
        <h2 id="facts" class="section-title">
          {words.procedures.facts}
        </h2>
        <div class="card">
          <Facts
            facts={[
              [words.procedures.time, pick(procedure.timeLimit.text, language)],
              [words.procedures.fee, pick(procedure.fee.text, language)],
              [words.procedures.decides, pick(procedure.authority, language)],
              [words.procedures.result, pick(procedure.result, language)],
              [words.procedures.code, procedure.code],
            ]}
          />
        </div>
      </section>
    </Frame>
  );
}
