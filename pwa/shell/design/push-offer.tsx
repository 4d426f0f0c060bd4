/**
 * Asks whether the phone may tell of news, with the reason, after the first Send: the moment at which
 * a person wants to hear. Shown only while the browser has not been asked; "later" lasts for this visit.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { useLanguage, useWords } from "../../language/context.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { subscribePush } from "../../push/subscribe.ts";
import { useApp } from "../app-context.ts";

/** Turns notices on; the outcome in words when it failed. */
export function usePushSwitch(): {
  isAsking: boolean;
  fault: string | null;
  turnOn(): Promise<void>;
} {
  const { app } = useApp();
  const words = useWords();
  const language = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const turnOn = async (): Promise<void> => {
    setAsking(true);
    setFault(null);
    try {
      await subscribePush(app.store, language);
    } catch (error) {
      setFault(reasonWords(words, codeOf(error)));
    } finally {
      setAsking(false);
      await app.readPush();
    }
  };
  return { isAsking, fault, turnOn };
}

export function PushOffer(): JSX.Element | null {
  const { state } = useApp();
  const words = useWords();
  const { isAsking, fault, turnOn } = usePushSwitch();
  const [isLater, setLater] = useState(false);
  if (state.push !== "default" || isLater) return null;
  return (
    <section class="card" aria-labelledby="push">
      <h2 id="push">
        <Icon name="bell" /> {words.push.title}
      </h2>
      <p>{words.push.why}</p>
      <div role="alert">{fault && <p class="fault">{fault}</p>}</div>
      <div class="actions">
        <button type="button" class="button" disabled={isAsking} onClick={() => void turnOn()}>
          {words.push.on}
        </button>
        <button type="button" class="link" onClick={() => setLater(true)}>
          {words.push.later}
        </button>
      </div>
    </section>
  );
}
