/**
 * Handing a draft to a colleague on this phone: the giver chooses who, the taker unlocks and takes it.
 * Both are there: the draft waits in memory meanwhile, and stays with the giver until it is taken.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { codeOf, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { type Handed, letGoOfHanded, putIn, takeOut } from "../../store/handing.ts";
import type { Profile } from "../../store/records.ts";
import { openStore } from "../../store/schema.ts";
import { useApp } from "../app-context.ts";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";

export function HandOverScreen({ id }: { id: string }): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const [problem, setProblem] = useState<string | null>(null);
  const { handed } = state;
  const run = (work: () => Promise<void>): void => {
    setProblem(null);
    work().catch((error: unknown) => setProblem(reasonWords(words, codeOf(error))));
  };
  const give = async (to: Profile): Promise<void> => {
    app.set({ handed: await takeOut(app.store, id) });
    await app.switchTo(to.store);
  };
  const isTaker = handed !== null && handed.draft.id === id && handed.from !== app.store.name;
  return (
    <Frame title={words.handing.title} tab="home">
      <Heading>{words.handing.title}</Heading>
      <div role="alert">
        {problem && (
          <Notice tone="danger">
            <p>{problem}</p>
            <p>{words.handing.failed}</p>
          </Notice>
        )}
      </div>
      {isTaker ? <Take handed={handed} run={run} /> : <Give id={id} give={give} run={run} />}
    </Frame>
  );
}

type Run = (work: () => Promise<void>) => void;

function Give({
  id,
  give,
  run,
}: {
  id: string;
  give(to: Profile): Promise<void>;
  run: Run;
}): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const draft = state.drafts.find((one) => one.id === id);
  const others = state.people.filter(
    ({ store, isLeaving }) => store !== app.store.name && !isLeaving,
  );
  if (!draft) return <p>{words.form.unknownDraft}</p>;
  return (
    <>
      <p class="lead">{words.handing.lead(draft.applicant.name)}</p>
      <p>{words.handing.kept}</p>
      {others.length === 0 && <Notice>{words.handing.nobody}</Notice>}
      <div class="actions">
        {others.map((one) => (
          <button
            key={one.store}
            type="button"
            class="button second"
            onClick={() => run(() => give(one))}
          >
            <Icon name="person" />
            {words.handing.to(one.name)}
          </button>
        ))}
        <a class="link" href="/">
          {words.app.cancel}
        </a>
      </div>
    </>
  );
}

function Take({ handed, run }: { handed: Handed; run: Run }): JSX.Element {
  const { app, state, router } = useApp();
  const words = useAllWords();
  const { draft, from } = handed;
  const giver = draft.helper?.name ?? "";
  const end = (): void => {
    app.set({ handed: null });
    router.go("/", { replace: true });
  };
  const take = async (): Promise<void> => {
    const { profile } = state;
    await putIn(app.store, handed, {
      ...draft.helper,
      relation: draft.helper?.relation ?? "",
      name: profile?.name ?? "",
      ...(profile && { personId: profile.personId }),
    });
    const left = await openStore(app.shared, from);
    try {
      await letGoOfHanded(left, handed);
    } finally {
      left.db.close();
    }
    end();
    await app.read(["drafts"]);
  };
  const leaveIt = async (): Promise<void> => {
    end();
    await app.switchTo(from);
  };
  return (
    <>
      <p class="lead">{words.handing.accept(giver, draft.applicant.name)}</p>
      <p>{words.handing.kept}</p>
      <div class="actions">
        <button type="button" class="button" onClick={() => run(take)}>
          <Icon name="check" />
          {words.handing.take}
        </button>
        <button type="button" class="button second" onClick={() => run(leaveIt)}>
          {words.handing.back}
        </button>
      </div>
    </>
  );
}
