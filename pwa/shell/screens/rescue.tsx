/**
 * What this phone cannot send, handed on: as a file by whatever the phone shares with, or as moving
 * codes for another phone's camera. Nothing leaves the queue here.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { size } from "../../language/formats.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { LARGEST } from "../../relay/frames.ts";
import { mayShare, saveFile, shareFile } from "../../relay/passing.ts";
import { passable, rescueFile, weightOf } from "../../relay/rescue.ts";
import type { JournalRow } from "../../store/records.ts";
import { useApp } from "../app-context.ts";
import { Card } from "../design/fields.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { MovingCode } from "./rescue-code.tsx";

export function RescueScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const { rescue } = words;
  const [rows, setRows] = useState<JournalRow[] | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isWorking, setWorking] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [message, setMessage] = useState<File | null>(null);
  useEffect(() => {
    void passable(app.store).then(setRows);
  }, [app.store, state.items]);

  const chosen = (rows ?? []).filter(({ id }) => !left.has(id));
  const run = async (work: () => Promise<string | null>): Promise<void> => {
    setWorking(true);
    setFault(null);
    try {
      setTold(await work());
    } catch (error) {
      setFault(reasonWords(words, codeOf(error)));
    } finally {
      setWorking(false);
    }
  };
  const pass = (way: (file: File) => Promise<boolean>): void =>
    void run(async () => {
      const file = await rescueFile(app.store, chosen);
      return (await way(file)) ? rescue.done(file.name) : null;
    });
  const show = (): void =>
    void run(async () => {
      setMessage(await rescueFile(app.store, chosen, false));
      return null;
    });
  const isTooMuch = weightOf(chosen, false) > LARGEST;
  if (message) {
    // Nothing else on the screen: the code must be seen whole.
    return (
      <Frame title={rescue.title} tab="dossiers">
        <MovingCode message={message} stop={() => setMessage(null)} />
      </Frame>
    );
  }
  const whoOf = (id: string): string | undefined =>
    state.items.find((item) => item.id === id)?.applicant;

  return (
    <Frame title={rescue.title} tab="dossiers">
      <div>
        <a class="link" href="/dossiers">
          <Icon name="back" />
          {words.dossiers.title}
        </a>
        <Heading>{rescue.title}</Heading>
        <p class="lead">{rescue.lead}</p>
      </div>
      {rows?.length === 0 ? (
        <Notice tone="good">
          <p>{rescue.none}</p>
        </Notice>
      ) : (
        <>
          <fieldset class="question">
            <legend class="label">{rescue.choose}</legend>
            <div class="choices">
              {(rows ?? []).map(({ id, code }) => (
                <Card
                  key={id}
                  id={`item-${id}`}
                  type="checkbox"
                  label={whoOf(id) ?? code}
                  hint={code}
                  isChosen={!left.has(id)}
                  press={() => setLeft(toggled(left, id))}
                />
              ))}
            </div>
          </fieldset>
          <p>{rescue.size(size(weightOf(chosen, true)))}</p>
          <div role="alert">{fault && <p class="fault">{fault}</p>}</div>
          <div class="actions">
            {mayShare() && (
              <button
                type="button"
                class="button"
                disabled={isWorking || chosen.length === 0}
                onClick={() => pass(shareFile)}
              >
                <Icon name="send" />
                {rescue.share}
              </button>
            )}
            <button
              type="button"
              class={mayShare() ? "button second" : "button"}
              disabled={isWorking || chosen.length === 0}
              onClick={() => pass(saveFile)}
            >
              <Icon name="down" />
              {rescue.save}
            </button>
            <button
              type="button"
              class="button second"
              disabled={isWorking || chosen.length === 0 || isTooMuch}
              onClick={show}
            >
              <Icon name="scan" />
              {rescue.show}
            </button>
            <p class="small soft">{isTooMuch ? rescue.tooMuch : rescue.textOnly}</p>
          </div>
          <div role="status">
            {isWorking && <p>{rescue.working}</p>}
            {told && (
              <Notice tone="good">
                <p>{told}</p>
                <p>{rescue.stays}</p>
              </Notice>
            )}
          </div>
        </>
      )}
    </Frame>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
