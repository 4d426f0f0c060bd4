/** After Send: what the phone holds, what happens next, the code to say on the telephone, and push. */
import type { JSX } from "preact";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { useApp } from "../app-context.ts";
import { DeliveryStrip } from "../design/delivery.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading } from "../design/parts.tsx";
import { PushOffer } from "../design/push-offer.tsx";
import { addressOf } from "../router.ts";

export function SentScreen({ id }: { id: string }): JSX.Element {
  const { state } = useApp();
  const words = useWords();
  const item = state.items.find((one) => one.id === id);
  const isSent = item?.state === "settled" || item?.state === "received";
  return (
    <Frame title={isSent ? words.sent.titleSent : words.sent.title} tab="dossiers">
      <div class="center">
        <div class="mark">
          <Icon name="check" />
        </div>
        <div role="status">
          <Heading>{isSent ? words.sent.titleSent : words.sent.title}</Heading>
          <p class="lead">{isSent ? words.sent.leadSent : words.sent.lead}</p>
        </div>
      </div>
      {item && (
        <div class="card center">
          <p class="soft">{words.sent.code}</p>
          <strong class="code big-code">{item.code}</strong>
          <p class="small soft">{words.sent.codeHint}</p>
        </div>
      )}
      {!isSent && <DeliveryStrip />}
      <section aria-labelledby="next">
        <h2 id="next" class="section-title">
          {words.sent.next}
        </h2>
        <ol class="steps">
          {words.sent.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
      <PushOffer />
      <div class="actions">
        <a class="button" href={item ? addressOf("dossiers", item.dossier) : "/dossiers"}>
          {words.sent.toDossiers}
        </a>
        <a class="button second" href="/procedures">
          <Icon name="plus" />
          {words.sent.another}
        </a>
      </div>
    </Frame>
  );
}
