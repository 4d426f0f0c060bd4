/** Everything that others did with the dossiers, newest first: the same a push would have told. */
import type { JSX } from "preact";
import { useLanguage } from "../../language/context.ts";
import { moment } from "../../language/formats.ts";
import { useAllWords } from "../../language/rare.ts";
import { useApp } from "../app-context.ts";
import { Frame } from "../design/frame.tsx";
import { Heading, Row } from "../design/parts.tsx";
import { useProcedureName } from "../procedure-name.ts";
import { addressOf } from "../router.ts";

export function InboxScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const language = useLanguage();
  const nameOf = useProcedureName();
  const eventWords: Record<string, string> = words.events;
  const hasNew = state.news.some((news) => news.isNew);
  return (
    <Frame title={words.inbox.title} tab="inbox">
      <Heading>{words.inbox.title}</Heading>
      {state.news.length === 0 && <p class="lead">{words.inbox.none}</p>}
      {hasNew && (
        <button type="button" class="link" onClick={() => void app.seen()}>
          {words.inbox.markAll}
        </button>
      )}
      <ul class="rows" lang={language}>
        {state.news.map(({ dossier, entry, isNew }) => (
          <li key={`${dossier.id} ${entry.seq}`}>
            <Row
              to={addressOf("dossiers", dossier.id)}
              icon={isNew ? "bell" : "check"}
              tone={isNew ? "attention" : "plain"}
            >
              <span class="row-title">
                {isNew && <b class="said">{words.inbox.isNew}: </b>}
                {eventWords[entry.event] ?? words.otherEvent}
              </span>
              <span>
                {nameOf(dossier.procedure)} – {dossier.applicant.name}
              </span>
              {entry.note && <span class="quote">{entry.note}</span>}
              <span class="small soft">{moment(entry.at, words)}</span>
            </Row>
          </li>
        ))}
      </ul>
    </Frame>
  );
}
