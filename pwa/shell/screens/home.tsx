/** The first screen: start, what is half done, what needs the person, and what waits to be sent. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { moment } from "../../language/formats.ts";
import { reasonWords } from "../../language/messages.ts";
import type { Draft } from "../../store/drafts.ts";
import { removeDraft } from "../../store/drafts.ts";
import { useApp } from "../app-context.ts";
import { DeliveryStrip } from "../design/delivery.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice, Row } from "../design/parts.tsx";
import { useProcedureName } from "../procedure-name.ts";
import { addressOf } from "../router.ts";

/** Roles that have nothing to do at the desk. */
const AWAY_FROM_DESK = new Set(["citizen", "officer"]);

export function HomeScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useWords();
  const open = state.drafts.filter((draft) => draft.state === "open");
  return (
    <Frame title={words.tabs.home} tab="home">
      <div>
        <Heading>
          {state.profile ? words.home.titleNamed(state.profile.name) : words.home.title}
        </Heading>
        <p class="lead">{words.home.lead}</p>
      </div>
      {state.catalogue === null && state.catalogueReason !== null && (
        <Notice tone="attention" role="status">
          <p>{words.home.noCatalogue}</p>
          <p class="small">{reasonWords(words, state.catalogueReason)}</p>
          <button type="button" class="link" onClick={() => void app.fetchCatalogue()}>
            {words.app.tryAgain}
          </button>
        </Notice>
      )}
      <a class="button" href="/procedures">
        <Icon name="plus" />
        {words.home.start}
      </a>
      {state.profile && !AWAY_FROM_DESK.has(state.profile.role) && (
        <a class="button second" href="/desk">
          {words.home.desk}
        </a>
      )}
      <NeedsYou />
      {open.length > 0 && (
        <section aria-labelledby="drafts">
          <h2 id="drafts" class="section-title">
            {words.home.drafts}
          </h2>
          <ul class="rows">
            {open.map((draft) => (
              <DraftRow key={draft.id} draft={draft} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="waiting">
        <h2 id="waiting" class="section-title">
          {words.home.waitingTitle}
        </h2>
        <DeliveryStrip />
      </section>
    </Frame>
  );
}

/** Supplements asked for and refusals to mend: what stands still until the person acts. */
function NeedsYou(): JSX.Element | null {
  const { state } = useApp();
  const words = useWords();
  const nameOf = useProcedureName();
  const repairs = state.items.filter((item) => item.state === "needs-repair");
  const asked = state.dossiers.filter((dossier) => dossier.supplement && !hasAnswer(dossier.id));
  function hasAnswer(dossier: string): boolean {
    return state.items.some(
      (item) =>
        item.dossier === dossier &&
        item.kind === "supplement.answer" &&
        item.state !== "settled" &&
        item.state !== "needs-repair",
    );
  }
  if (repairs.length + asked.length === 0) return null;
  return (
    <section aria-labelledby="needs">
      <h2 id="needs" class="section-title">
        {words.home.needsYou}
      </h2>
      <ul class="rows">
        {asked.map((dossier) => (
          <li key={dossier.id}>
            <Row to={addressOf("dossiers", dossier.id)} icon="alert" tone="attention">
              <span class="row-title">{nameOf(dossier.procedure)}</span>
              <span>{dossier.applicant.name}</span>
              <span>{dossier.supplement?.sentence}</span>
            </Row>
          </li>
        ))}
        {repairs.map((item) => (
          <li key={item.id}>
            <Row to={addressOf("dossiers", item.dossier)} icon="alert" tone="attention">
              <span class="row-title">{nameOf(item.procedure)}</span>
              <span>{item.applicant}</span>
              <span>{reasonWords(words, item.reason)}</span>
            </Row>
          </li>
        ))}
      </ul>
    </section>
  );
}

function DraftRow({ draft }: { draft: Draft }): JSX.Element {
  const { app, state } = useApp();
  const words = useWords();
  const nameOf = useProcedureName();
  const [isAsking, setAsking] = useState(false);
  const name = nameOf(draft.procedure);
  return (
    <li>
      <Row to={addressOf("drafts", draft.id)} icon={draft.helper ? "people" : "edit"}>
        <span class="row-title">{name}</span>
        <span>{words.home.draftFor(draft.applicant.name)}</span>
        <span class="small soft">{words.home.draftAt(moment(draft.updatedAt, words))}</span>
      </Row>
      {draft.helper &&
        !draft.supplement &&
        state.people.some(({ store }) => store !== app.store.name) && (
          <a class="link small" href={addressOf("hand-over", draft.id)}>
            {words.home.handOver}
            <span class="said">: {draft.applicant.name}</span>
          </a>
        )}
      {isAsking ? (
        <Notice tone="danger" role="alert">
          <p>{words.home.removeSure(`${name} – ${draft.applicant.name}`)}</p>
          <div class="two">
            <button type="button" class="button second" onClick={() => setAsking(false)}>
              {words.app.cancel}
            </button>
            <button
              type="button"
              class="button danger"
              onClick={() => void removeDraft(app.store, draft.id).then(() => app.read(["drafts"]))}
            >
              {words.home.removeYes}
            </button>
          </div>
        </Notice>
      ) : (
        <button type="button" class="link small" onClick={() => setAsking(true)}>
          <Icon name="trash" />
          {words.home.removeDraft}
          <span class="said">: {draft.applicant.name}</span>
        </button>
      )}
    </li>
  );
}
