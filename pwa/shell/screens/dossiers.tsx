/** My dossiers: those still leaving this phone, with what is left and when; and those at the agency. */
import type { JSX } from "preact";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { shortDate } from "../../language/formats.ts";
import { useAllWords } from "../../language/rare.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { useApp } from "../app-context.ts";
import { unsent } from "../design/delivery.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Row, StateMark, toneOf } from "../design/parts.tsx";
import { useProcedureName } from "../procedure-name.ts";
import { addressOf } from "../router.ts";
import { DeliveryDetails, useDeliveryWords } from "./dossier-delivery.tsx";
import { useRelayed } from "./relay.tsx";

/** Words of a state; the code itself for one this version does not know. */
export function useStateWords(): (state: string) => string {
  const words: Record<string, string> = useWords().states;
  return (state) => words[state] ?? state;
}

export function DossiersScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
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
  const carried = useRelayed().length;
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
              <a class="link" href="/rescue">
                <Icon name="phone" />
                {words.rescue.link}
              </a>
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
                    {item.verdict === "held" ? words.receipt.held : words.delivery.settled}
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
      <a class="link" href="/relay">
        <Icon name="people" />
        {carried > 0 ? words.relay.carried(carried) : words.relay.link}
      </a>
      <a class="link" href="/claim">
        {words.claim.link}
      </a>
    </Frame>
  );
}

function LeavingRow({ item }: { item: JournalItem }): JSX.Element {
  const nameOf = useProcedureName();
  const deliveryWords = useDeliveryWords();
  const needsRepair = item.state === "needs-repair";
  return (
    <Row to={addressOf("dossiers", item.dossier)} tone={needsRepair ? "attention" : "plain"}>
      <span class="row-title">{nameOf(item.procedure)}</span>
      <span>
        {item.applicant} <span class="code small">{item.code}</span>
      </span>
      <StateMark tone={needsRepair ? "attention" : "plain"}>{deliveryWords(item)}</StateMark>
      <DeliveryDetails item={item} />
    </Row>
  );
}
