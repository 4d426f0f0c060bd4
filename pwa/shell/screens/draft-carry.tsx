/**
 * The form has changed: exactly what is new, what changed and what no longer fits, before anything is
 * carried. The person goes over to the new version or, while it is taken, keeps the old one.
 */
import type { ComponentChildren, JSX } from "preact";
import type { Added, Changed } from "../../forms/carry/carry.ts";
import { Words as Text } from "../../forms/renderer/markdown.tsx";
import type { Host } from "../../forms/renderer/question.ts";
import { shortDate } from "../../language/formats.ts";
import { useAllWords } from "../../language/rare.ts";
import type { Offer } from "../carrying.ts";
import { FormFrame } from "../design/form-frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { LostAnswers } from "./lost-answers.tsx";

export interface CarryProps {
  offer: Offer;
  host: Host;
  accept(): void;
  keep(): void;
  leave(): void;
  warning: ComponentChildren;
}

export function CarryScreen({
  offer,
  host,
  accept,
  keep,
  leave,
  warning,
}: CarryProps): JSX.Element {
  const words = useAllWords();
  const { carry } = words;
  const { kept, added, changed } = offer.result;
  const { lost, isForced, until } = offer;
  const isQuiet = added.length + changed.length + lost.length === 0;
  return (
    <FormFrame title={carry.title} at="carry" progress={null} leave={leave}>
      {warning}
      <div>
        <Heading>{carry.title}</Heading>
        <p class="lead">{carry.lead}</p>
        {kept.length > 0 && (
          <p>
            <strong>{carry.kept(kept.length)}.</strong>
          </p>
        )}
        {isQuiet && <p>{carry.nothing}</p>}
      </div>
      <div class="check-list">
        {lost.length > 0 && (
          <LostAnswers title={carry.lost} lead={carry.lostLead} {...{ lost, host }} />
        )}
        {added.length > 0 && <AddedQuestions added={added} />}
        {changed.length > 0 && <ChangedQuestions changed={changed} />}
      </div>
      {(isForced || until) && (
        <Notice tone={isForced ? "attention" : "plain"}>
          <p>{isForced ? carry.ended : carry.keepUntil(shortDate(until ?? ""))}</p>
        </Notice>
      )}
      <div class="form-actions">
        <div>
          {!isForced && (
            <button type="button" class="button second" onClick={keep}>
              {carry.keep}
            </button>
          )}
          <button type="button" class="button" onClick={accept}>
            {carry.accept}
          </button>
        </div>
      </div>
    </FormFrame>
  );
}

function AddedQuestions({ added }: { added: readonly Added[] }): JSX.Element {
  const { carry } = useAllWords();
  return (
    <section aria-labelledby="carry-added">
      <h2 id="carry-added" class="section-title">
        {carry.added}
      </h2>
      <p>{carry.addedLead}</p>
      <ul class="card">
        {added.map(({ ref, label, isRequired }) => (
          <li key={ref}>
            <Text text={label} />
            {isRequired && <span class="soft"> ({carry.mustAnswer})</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ChangedQuestions({ changed }: { changed: readonly Changed[] }): JSX.Element {
  const { carry } = useAllWords();
  return (
    <section aria-labelledby="carry-changed">
      <h2 id="carry-changed" class="section-title">
        {carry.changed}
      </h2>
      <dl class="card answers">
        {changed.map(({ ref, label, what, before, offered = [], withdrawn = [], isWrong }) => (
          <div key={ref}>
            <dt>
              <Text text={label} />
            </dt>
            <dd>
              <ul>
                {what.map((facet) => (
                  <li key={facet}>{carry.what[facet]}</li>
                ))}
                {before !== undefined && <li>{carry.before(before)}</li>}
                {offered.length > 0 && <li>{carry.offered(listed(offered))}</li>}
                {withdrawn.length > 0 && <li>{carry.withdrawn(listed(withdrawn))}</li>}
                {isWrong && (
                  <li>
                    <strong>{carry.isWrong}</strong>
                  </li>
                )}
              </ul>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A few names; of a long list what fits on a small screen. */
function listed(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 8).join(", ")}…` : names.join(", ");
}
