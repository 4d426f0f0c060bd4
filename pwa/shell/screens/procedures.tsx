/** The catalogue: every procedure that can be filed here, found with or without diacritics. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Procedure } from "../../api/contract.ts";
import { find, indexOf } from "../../forms/renderer/fold.ts";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useLanguage, useWords } from "../../language/context.ts";
import { pick, reasonWords } from "../../language/messages.ts";
import { useApp } from "../app-context.ts";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice, Row } from "../design/parts.tsx";
import { addressOf } from "../router.ts";

const ENOUGH = 200;

export function ProceduresScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useWords();
  const language = useLanguage();
  const [query, setQuery] = useState("");
  const procedures = state.catalogue?.procedures ?? [];
  const index = useMemo(
    () =>
      indexOf(procedures, (one) =>
        [one.name.vi, one.name.en, one.field.vi, one.field.en, one.code].join(" "),
      ),
    [procedures],
  );
  const { found } = find(index, query, ENOUGH);
  return (
    <Frame title={words.procedures.title} tab="procedures">
      <Heading>{words.procedures.title}</Heading>
      <div>
        <label class="label" for="search">
          {words.procedures.search}
        </label>
        <div class="search">
          <Icon name="search" />
          <input
            id="search"
            type="search"
            autoComplete="off"
            aria-describedby="search-hint"
            value={query}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
        <p class="count" id="search-hint">
          {words.procedures.searchHint}
        </p>
        <p class="said" role="status">
          {query !== "" && words.procedures.found(found.length)}
        </p>
      </div>
      {state.catalogue === null ? (
        <Notice tone="attention" role="status">
          <p>{state.catalogueReason ? words.home.noCatalogue : words.app.loading}</p>
          {state.catalogueReason && (
            <p class="small">{reasonWords(words, state.catalogueReason)}</p>
          )}
          <button type="button" class="link" onClick={() => void app.fetchCatalogue()}>
            {words.app.tryAgain}
          </button>
        </Notice>
      ) : found.length === 0 ? (
        <p>{words.procedures.none}</p>
      ) : (
        byField(found, (one) => pick(one.field, language)).map(([field, inside]) => (
          <section key={field} aria-label={field}>
            <h2 class="section-title">{field}</h2>
            <ul class="rows">
              {inside.map((one) => (
                <li key={one.code}>
                  <Row to={addressOf("procedures", one.code)} icon="paper">
                    <span class="row-title">{pick(one.name, language)}</span>
                    <span class="small soft">
                      {one.isOpen ? pick(one.timeLimit.text, language) : words.procedures.closed}
                    </span>
                  </Row>
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
    </Frame>
  );
}

/** Groups in the order in which their first member comes. */
export function byField(
  procedures: readonly Procedure[],
  fieldOf: (one: Procedure) => string,
): [string, Procedure[]][] {
  const groups = new Map<string, Procedure[]>();
  for (const one of procedures) {
    const field = fieldOf(one);
    const group = groups.get(field);
    if (group) group.push(one);
    else groups.set(field, [one]);
  }
  return Array.from(groups);
}
