/**
 * One dossier: where it stands in plain words, what the person must do now, its delivery from this
 * phone, its facts, and the timeline shared with the desk. Opening it marks its news as seen.
 */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { DossierView } from "../../api/contract.ts";
import { Icon } from "../../forms/renderer/icon.tsx";
import { moment, shortDate } from "../../language/formats.ts";
import { reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import type { JournalItem } from "../../sync/queue.ts";
import { isFinal } from "../../sync/refused.ts";
import { useApp } from "../app-context.ts";
import { Frame } from "../design/frame.tsx";
import { Facts, Heading, Notice, StateMark, toneOf } from "../design/parts.tsx";
import { useProcedureName } from "../procedure-name.ts";
import { addressOf } from "../router.ts";
import { SupplementCall } from "../supplement.tsx";
import { Conflict } from "./dossier-conflict.tsx";
import { DeliveryDetails, useDeliveryWords } from "./dossier-delivery.tsx";
import { ReceiptNotice } from "./dossier-receipt.tsx";
import { Refused } from "./dossier-refused.tsx";
import { mayWithdraw, Withdrawing } from "./dossier-withdraw.tsx";
import { useStateWords } from "./dossiers.tsx";
import { CHECK } from "./draft-places.ts";

export function DossierScreen({ id }: { id: string }): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const nameOf = useProcedureName();
  const stateWords = useStateWords();
  const dossier = state.dossiers.find((one) => one.id === id);
  const items = state.items.filter((item) => item.dossier === id);
  const item = items[items.length - 1];
  const hasNews = state.news.some((news) => news.isNew && news.dossier.id === id);
  useEffect(() => {
    if (hasNews) void app.seen(id);
  }, [hasNews, id]);

  if (!dossier && !item) {
    return (
      <Frame title={words.dossiers.title} tab="dossiers">
        <Heading>{words.dossiers.title}</Heading>
        <Notice tone="attention">
          <p>{words.dossiers.unknown}</p>
          <a href="/dossiers">{words.tabs.dossiers}</a>
        </Notice>
      </Frame>
    );
  }
  const name = nameOf(dossier?.procedure ?? item?.procedure ?? "");
  const commune = state.catalogue?.communes.find((one) => one.code === dossier?.commune);
  const receipt = items.find((one) => one.receipt !== null)?.receipt;
  return (
    <Frame title={name} tab="dossiers">
      <div>
        <a class="link" href="/dossiers">
          <Icon name="back" />
          {words.dossiers.title}
        </a>
        <Heading>{name}</Heading>
        <p class="lead">{dossier?.applicant.name ?? item?.applicant}</p>
        {dossier && (
          <p>
            <StateMark tone={toneOf(dossier.state)}>{stateWords(dossier.state)}</StateMark>
          </p>
        )}
      </div>
      {dossier?.supplement && <SupplementCall dossier={dossier} items={items} />}
      {item && item.state !== "settled" && <Leaving item={item} />}
      {item?.state === "needs-repair" && item.theirs !== null && <Conflict item={item} />}
      <div class="card">
        <Facts
          facts={[
            [words.dossiers.number, dossier?.number && <span class="code">{dossier.number}</span>],
            [words.dossiers.code, <span class="code">{dossier?.code ?? item?.code}</span>],
            [words.dossiers.due, dossier?.dueOn && shortDate(dossier.dueOn)],
            [words.dossiers.submitted, shortDate(dossier?.submittedAt ?? item?.createdAt ?? "")],
            [words.dossiers.applicant, dossier?.applicant.name ?? item?.applicant],
            [words.dossiers.helper, dossier?.helper?.name],
            [words.dossiers.where, commune && `${commune.name}, ${commune.provinceName}`],
          ]}
        />
      </div>
      {dossier && dossier.pages.total > 0 && (
        <p class="soft">{words.dossiers.pages(dossier.pages.received, dossier.pages.total)}</p>
      )}
      {receipt && (
        <ReceiptNotice
          receipt={receipt}
          heldFor={item?.verdict === "held" && !isJoined(dossier) ? (item.heldFor ?? "") : null}
          origin={state.catalogue?.origin ?? location.origin}
        />
      )}
      {dossier && dossier.timeline.length > 0 && (
        <section aria-labelledby="timeline">
          <h2 id="timeline" class="section-title">
            {words.dossiers.timeline}
          </h2>
          <Timeline dossier={dossier} />
        </section>
      )}
      {dossier && mayWithdraw(dossier, items) && <Withdrawing dossier={dossier} />}
    </Frame>
  );
}

/** Whether a person at the desk has joined what was held to the dossier. */
function isJoined(dossier: DossierView | undefined): boolean {
  return dossier?.timeline.some(({ event }) => event === "dossier.joined") ?? false;
}

/** What still has to leave this phone, or why it was not taken and the way to mend it. */
function Leaving({ item }: { item: JournalItem }): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const deliveryWords = useDeliveryWords();
  const needsRepair = item.state === "needs-repair";
  // Without a question to mend the answers are looked over once more.
  const place = new URLSearchParams({ q: item.faults[0]?.ref ?? CHECK, check: "" });
  return (
    <div role="status">
      <Notice tone={needsRepair ? "danger" : "plain"}>
        <p>
          <strong>
            {words.kinds[item.kind]}: {deliveryWords(item)}
          </strong>
        </p>
        <p class="details">
          <DeliveryDetails item={item} />
        </p>
        {isFinal(item) && <Refused item={item} />}
        {needsRepair
          ? !isFinal(item) &&
            item.draft && (
              <a class="button" href={`${addressOf("drafts", item.draft)}?${place}`}>
                {words.dossiers.repair}
              </a>
            )
          : item.state !== "sending" && (
              <button
                type="button"
                class="link"
                disabled={state.isSending}
                onClick={() => void app.sendNow()}
              >
                <Icon name="send" />
                {state.isSending ? words.dossiers.sendingNow : words.dossiers.sendNow}
              </button>
            )}
        {item.reason && needsRepair && <span class="said">{reasonWords(words, item.reason)}</span>}
      </Notice>
    </div>
  );
}

/** The newest step first: who, when, and what was said. */
export function Timeline({ dossier }: { dossier: DossierView }): JSX.Element {
  const words = useAllWords();
  const eventWords: Record<string, string> = words.events;
  const actorWords: Record<string, string> = words.actors;
  const steps = dossier.timeline.slice().sort((a, b) => b.seq - a.seq);
  return (
    <ol class="timeline card">
      {steps.map((step) => (
        <li key={step.seq}>
          <strong>{eventWords[step.event] ?? words.otherEvent}</strong>
          <p class="small soft">
            {moment(step.at, words)} · {actorWords[step.actor.role] ?? step.actor.role}
            {step.actor.name && `: ${step.actor.name}`}
          </p>
          {step.note && <q>{step.note}</q>}
        </li>
      ))}
    </ol>
  );
}
