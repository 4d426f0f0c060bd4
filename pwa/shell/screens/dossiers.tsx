/** My dossiers: those still leaving this phone, with what is left and when; and those at the agency. */
import type { JSX } from "preact";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { shortDate, size } from "../../language/formats.ts";
import { reasonWords } from "../../language/messages.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { useApp } from "../app-context.ts";
import { unsent, useNextTry } from "../design/delivery.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Row, StateMark, toneOf } from "../design/parts.tsx";
import { addressOf } from "../router.ts";
import { useProcedureName } from "./home.tsx";

/** Words of a state; the code itself for one this version does not know. */
export function useStateWords(): (state: string) => string {
  const words: Record<string, string> = useWords().states;
  return (state) => words[state] ?? state;
}

export function DossiersScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useWords();
  const nameOf = useProcedureName();
  const stateWords = useStateWords();
  const leaving = state.items.filter((item) => item.state !== "settled");
  const waiting = unsent(state.items);
  // Sent, but its state at the agency has not come back yet: shown all the same.
  const known = new Set(state.dossiers.map((dossier) => dossier.id));
  const sent = state.items.filter(
    (item) =>
      item.state === "settled" && item.kind === "dossier.submit" && !known.has(item.dossier),
  );
  const title =
    state.profile?.role === "officer" ? words.dossiers.titleShared : words.dossiers.title;
  return (
    <Frame title={title} tab="dossiers">
      <Heading>{title}</Heading>
      {leaving.length > 0 && (
        <section aria-labelledby="leaving">
          <h2 id="leaving" class="section-title">
            {words.dossiers.sending}
          </h2>
          <div role="status">
            <ul class="rows">
              {leaving.map((item) => (
                <li key={item.id}>
                  <LeavingRow item={item} />
                </li>
              ))}
            </ul>
          </div>
          {waiting.length > 0 && (
            <div class="actions send-now">
              <button
                type="button"
                class="button"
                disabled={state.isSending}
                onClick={() => void app.sendNow()}
              >
                <Icon name="send" />
                {state.isSending ? words.dossiers.sendingNow : words.dossiers.sendNow}
              </button>
              <p class="small soft center">{words.dossiers.safe}</p>
            </div>
          )}
        </section>
      )}
      {state.dossiers.length + sent.length > 0 && (
        <section aria-labelledby="agency">
          <h2 id="agency" class="section-title">
            {words.dossiers.atAgency}
          </h2>
          <ul class="rows">
            {sent.map((item) => (
              <li key={item.id}>
                <Row to={addressOf("dossiers", item.dossier)}>
                  <span class="row-title">{nameOf(item.procedure)}</span>
                  <span>
                    {item.applicant} <span class="code small">{item.code}</span>
                  </span>
                  <StateMark tone="plain">
                    {item.verdict === "held" ? words.dossiers.held : words.delivery.settled}
                  </StateMark>
                </Row>
              </li>
            ))}
            {state.dossiers.map((dossier) => (
              <li key={dossier.id}>
                <Row to={addressOf("dossiers", dossier.id)} tone={toneOf(dossier.state)}>
                  <span class="row-title">{nameOf(dossier.procedure)}</span>
                  <span>{dossier.applicant.name}</span>
                  <span class="small soft">
                    <span class="code">{dossier.number ?? dossier.code}</span>
                    {dossier.dueOn && ` · ${words.dossiers.due}: ${shortDate(dossier.dueOn)}`}
                  </span>
                  <StateMark tone={toneOf(dossier.state)}>{stateWords(dossier.state)}</StateMark>
                </Row>
              </li>
            ))}
          </ul>
        </section>
      )}
      {leaving.length + sent.length + state.dossiers.length === 0 && (
        <>
          <p class="lead">{words.dossiers.none}</p>
          <a class="button" href="/procedures">
            <Icon name="plus" />
            {words.home.start}
          </a>
        </>
      )}
    </Frame>
  );
}

function LeavingRow({ item }: { item: JournalItem }): JSX.Element {
  const words = useWords();
  const nameOf = useProcedureName();
  const needsRepair = item.state === "needs-repair";
  return (
    <Row to={addressOf("dossiers", item.dossier)} tone={needsRepair ? "attention" : "plain"}>
      <span class="row-title">{nameOf(item.procedure)}</span>
      <span>
        {item.applicant} <span class="code small">{item.code}</span>
      </span>
      <StateMark tone={needsRepair ? "attention" : "plain"}>{words.delivery[item.state]}</StateMark>
      <DeliveryDetails item={item} />
    </Row>
  );
}

/** What is left, when it goes, and what stands in the way, one line each. */
export function DeliveryDetails({ item }: { item: JournalItem }): JSX.Element {
  const words = useWords();
  const nextTry = useNextTry();
  const isWaiting = item.state !== "settled" && item.state !== "needs-repair";
  return (
    <>
      {isWaiting && (
        <span class="small">
          {words.dossiers.left(size(item.bytesLeft))}
          {item.pagesTotal > 0 && ` · ${words.dossiers.pagesSent(item.pagesSent, item.pagesTotal)}`}
        </span>
      )}
      {item.reason && <span class="small">{reasonWords(words, item.reason)}</span>}
      {isWaiting && item.state !== "sending" && <span class="small soft">{nextTry(item)}</span>}
    </>
  );
}
