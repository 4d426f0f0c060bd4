/**
 * Carrying for others: taking in a file or another phone's moving codes, and what is on its way. None
 * of it can be read here.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { size } from "../../language/formats.ts";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { type Taken, take } from "../../relay/take.ts";
import type { RelayedRow } from "../../store/records.ts";
import { dropRelayed, relayed } from "../../store/relayed.ts";
import { sharedFile } from "../../store/shared-file.ts";
import { watch } from "../../store/watch.ts";
import { useApp } from "../app-context.ts";
import { useNextTry } from "../design/delivery.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice, StateMark } from "../design/parts.tsx";
import { CodeReader } from "./relay-reader.tsx";

/** What this phone carries now. */
export function useRelayed(): readonly RelayedRow[] {
  const { app } = useApp();
  const [rows, setRows] = useState<readonly RelayedRow[]>([]);
  useEffect(() => {
    const read = (): void => void relayed(app.shared).then(setRows, () => undefined);
    read();
    return watch((topic) => topic === "relayed" && read());
  }, [app.shared]);
  return rows;
}

export function RelayScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const { relay } = words;
  const rows = useRelayed();
  const [isScanning, setScanning] = useState(false);
  const [isWorking, setWorking] = useState(false);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const takeIn = async (file: Blob, by: RelayedRow["by"]): Promise<void> => {
    setScanning(false);
    setWorking(true);
    setFault(null);
    try {
      setTaken(await take(app.shared, file, by));
      void app.sendNow();
    } catch (error) {
      setFault(reasonWords(words, codeOf(error)));
    } finally {
      setWorking(false);
    }
  };
  useEffect(() => {
    // Handed over by another app of this phone: the worker has put it aside.
    void sharedFile().then((file) => file && takeIn(file, "file"));
  }, []);
  return (
    <Frame title={relay.title} tab="dossiers">
      <div>
        <a class="link" href="/dossiers">
          <Icon name="back" />
          {words.dossiers.title}
        </a>
        <Heading>{relay.title}</Heading>
        <p class="lead">{relay.lead}</p>
      </div>
      {isScanning ? (
        <CodeReader
          found={(file) => void takeIn(file, "camera")}
          stop={(why) => {
            setScanning(false);
            setFault(why);
          }}
        />
      ) : (
        <div class="actions">
          <div class="chooser">
            <input
              id="rescue-file"
              class="said"
              type="file"
              disabled={isWorking}
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                event.currentTarget.value = "";
                if (file) void takeIn(file, "file");
              }}
            />
            <label class="button" for="rescue-file">
              <Icon name="paper" />
              {relay.file}
            </label>
          </div>
          {navigator.mediaDevices !== undefined && (
            <button
              type="button"
              class="button second"
              disabled={isWorking}
              onClick={() => {
                setTaken(null);
                setFault(null);
                setScanning(true);
              }}
            >
              <Icon name="scan" />
              {relay.scan}
            </button>
          )}
        </div>
      )}
      <div role="status">
        {isWorking && <p>{relay.working}</p>}
        {taken && <TakenNotice taken={taken} />}
      </div>
      <div role="alert">{fault && <p class="fault">{fault}</p>}</div>
      <section aria-labelledby="carried">
        <h2 id="carried" class="section-title">
          {relay.list}
        </h2>
        {rows.length === 0 ? (
          <p>{taken && taken.taken > 0 && !state.isSending ? relay.sentAll : relay.none}</p>
        ) : (
          <ul class="rows">
            {rows.map((row) => (
              <li key={row.id} class="card">
                <Carried row={row} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {rows.some(({ state: at }) => at !== "needs-repair") && (
        <button
          type="button"
          class="button"
          disabled={state.isSending}
          onClick={() => void app.sendNow()}
        >
          <Icon name="send" />
          {state.isSending ? words.dossiers.sendingNow : words.dossiers.sendNow}
        </button>
      )}
    </Frame>
  );
}

function TakenNotice({ taken: { taken, own, pages, fault } }: { taken: Taken }): JSX.Element {
  const words = useAllWords();
  const { relay } = words;
  return (
    <Notice tone={fault ? "attention" : "good"}>
      {taken > 0 && <p>{relay.taken(taken, pages)}</p>}
      {own > 0 && <p>{relay.own}</p>}
      {taken + own === 0 && !fault && <p>{relay.nothing}</p>}
      {fault && <p>{relay.faults[fault] ?? words.otherReason(fault)}</p>}
    </Notice>
  );
}

function Carried({ row }: { row: RelayedRow }): JSX.Element {
  const { app } = useApp();
  const words = useAllWords();
  const nextTry = useNextTry();
  const { relay } = words;
  const isRefused = row.state === "needs-repair";
  const bytes = row.textBytes + row.pages.reduce((sum, { length }) => sum + length, 0);
  const at = isRefused ? "refused" : row.state === "received" ? "received" : "waiting";
  return (
    <>
      <p>
        <strong>{relay.foreign}</strong> <span class="code small">{row.code}</span>
      </p>
      <p class="small soft">
        {relay.sealed} · {size(bytes)}
      </p>
      <StateMark tone={isRefused ? "attention" : "plain"}>{relay.states[at]}</StateMark>
      {row.reason && <p class="small">{reasonWords(words, row.reason)}</p>}
      {isRefused ? (
        <>
          <p class="small">{relay.refusedHint}</p>
          <button
            type="button"
            class="link danger"
            onClick={() => void dropRelayed(app.shared, row)}
          >
            <Icon name="trash" />
            {relay.remove}
          </button>
        </>
      ) : (
        <p class="small soft">{nextTry(row)}</p>
      )}
    </>
  );
}
