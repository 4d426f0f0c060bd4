/** Language, notices, who is using the phone, room for data, and what this app is. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../forms/renderer/icon.tsx";
import { signOut } from "../../identity/person.ts";
import { useLanguage } from "../../language/context.ts";
import { size } from "../../language/formats.ts";
import { codeOf, LANGUAGES, type Language, pick, reasonWords } from "../../language/messages.ts";
import { useAllWords } from "../../language/rare.ts";
import { unsubscribePush } from "../../push/subscribe.ts";
import { type Persistence, persistence } from "../../store/space.ts";
import { useApp } from "../app-context.ts";
import { Cards } from "../design/fields.tsx";
import { Frame } from "../design/frame.tsx";
import { Heading, Notice } from "../design/parts.tsx";
import { usePushSwitch } from "../design/push-offer.tsx";
import { buildName } from "../update.ts";
import { LockCard } from "./lock-card.tsx";
import { OtherPeople } from "./person.tsx";

export function SettingsScreen(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  return (
    <Frame title={words.settings.title}>
      <Heading>{words.settings.title}</Heading>
      <div class="card">
        <Cards
          id="language"
          legend={words.settings.language}
          options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
          value={state.language}
          set={(code) => void app.setLanguage(code as Language).catch(() => undefined)}
        />
      </div>
      <PersonCard />
      <LockCard />
      <NoticesCard />
      <SpaceCard />
      <AboutCard />
    </Frame>
  );
}

function PersonCard(): JSX.Element {
  const { app, state, router } = useApp();
  const words = useAllWords();
  const [problem, setProblem] = useState<string | null>(null);
  const { profile } = state;
  const roles: Record<string, string> = words.settings.roles;
  const leave = async (): Promise<void> => {
    try {
      await signOut(app.shared);
      await app.openActive();
      router.go("/");
    } catch (error) {
      setProblem(reasonWords(words, codeOf(error)));
    }
  };
  return (
    <section class="card" aria-labelledby="person">
      <h2 id="person">{words.settings.person}</h2>
      <p>
        {profile ? (
          <>
            <strong>{profile.name}</strong>
            <br />
            {roles[profile.role] ?? profile.role}
          </>
        ) : (
          words.settings.nobody
        )}
      </p>
      <div role="alert">{problem && <p class="fault">{problem}</p>}</div>
      <div class="actions">
        <OtherPeople label={words.settings.switchTo} />
        {profile ? (
          <>
            <button type="button" class="button second" onClick={() => void leave()}>
              {words.settings.signOut}
            </button>
            <p class="small soft">{words.settings.signOutHint}</p>
          </>
        ) : (
          <a class="button second" href="/sign-in">
            <Icon name="key" />
            {words.settings.signIn}
          </a>
        )}
        {profile && (
          <>
            <a class="button second" href="/sign-in">
              <Icon name="plus" />
              {words.people.add}
            </a>
            <p class="small soft">{words.people.addHint}</p>
          </>
        )}
      </div>
    </section>
  );
}

function NoticesCard(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const { isAsking, fault, turnOn } = usePushSwitch();
  const turnOff = async (): Promise<void> => {
    await unsubscribePush().catch(() => undefined);
    await app.readPush();
  };
  return (
    <section class="card" aria-labelledby="notices">
      <h2 id="notices">{words.settings.notices}</h2>
      <p role="status">{words.push.states[state.push]}</p>
      <div role="alert">{fault && <p class="fault">{fault}</p>}</div>
      {state.push === "default" && (
        <>
          <p class="small soft">{words.push.why}</p>
          <button
            type="button"
            class="button second"
            disabled={isAsking}
            onClick={() => void turnOn()}
          >
            <Icon name="bell" />
            {words.push.on}
          </button>
        </>
      )}
      {state.push === "on" && (
        <button type="button" class="button second" onClick={() => void turnOff()}>
          {words.push.off}
        </button>
      )}
    </section>
  );
}

function SpaceCard(): JSX.Element {
  const words = useAllWords();
  const [space, setSpace] = useState<Persistence | null>(null);
  useEffect(() => {
    void persistence().then(setSpace);
  }, []);
  const { usage, quota } = space ?? { usage: null, quota: null };
  return (
    <section class="card" aria-labelledby="space">
      <h2 id="space">{words.settings.space}</h2>
      {usage !== null && quota !== null && quota > 0 ? (
        <>
          <div class="gauge" aria-hidden="true">
            <span style={{ width: `${Math.max(1, Math.min(100, (usage / quota) * 100))}%` }} />
          </div>
          <p>{words.settings.used(size(usage), size(quota))}</p>
        </>
      ) : (
        <p>{words.settings.usedUnknown}</p>
      )}
      {space && (
        <Notice tone={space.isPersisted ? "good" : "attention"}>
          <p>{space.isPersisted ? words.settings.kept : words.settings.notKept}</p>
        </Notice>
      )}
      <a class="link" href="/storage">
        {words.storage.link}
      </a>
    </section>
  );
}

function AboutCard(): JSX.Element {
  const { app, state } = useApp();
  const words = useAllWords();
  const language = useLanguage();
  const [told, setTold] = useState("");
  const fetchAgain = async (): Promise<void> => {
    const isDone = await app.fetchCatalogue();
    setTold(isDone ? words.settings.updated : reasonWords(words, app.state.catalogueReason));
  };
  const agency = state.catalogue?.agency;
  return (
    <section class="card" aria-labelledby="about">
      <h2 id="about">{words.settings.about}</h2>
      <p>
        <strong>{words.app.name}</strong> – {words.app.motto}
      </p>
      {agency && <p>{pick({ vi: agency.name, en: agency.nameEn }, language)}</p>}
      <p class="small soft">{words.settings.version(buildName())}</p>
      <button type="button" class="link" onClick={() => void fetchAgain()}>
        {words.settings.checkUpdate}
      </button>
      <p role="status">{told}</p>
    </section>
  );
}
