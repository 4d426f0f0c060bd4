/**
 * The frame around every screen: skip link, bar with the language switch, the main pages, and the
 * column of content. Moves the focus to the heading when a screen opens, and names the window.
 */
import { type ComponentChildren, Fragment, type JSX } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { Icon, type IconName } from "../../forms/renderer/icon.tsx";
import { useWords } from "../../language/context.ts";
import { LANGUAGES } from "../../language/messages.ts";
import { useApp, useAround } from "../app-context.ts";

export type Tab = "home" | "procedures" | "dossiers" | "inbox";

const TABS: readonly [Tab, string, IconName][] = [
  ["home", "/", "home"],
  ["procedures", "/procedures", "book"],
  ["dossiers", "/dossiers", "folder"],
  ["inbox", "/inbox", "bell"],
];

/** Names the window and puts the focus on the screen's heading once it is drawn. */
export function useScreenTitle(title: string, key: string = title): void {
  const words = useWords();
  const { router } = useAround();
  useEffect(() => {
    document.title = `${title} – ${words.app.name}`;
  }, [title, words]);
  // Before anybody sees it: a new screen at the old one's place would jump.
  useLayoutEffect(() => {
    // The first screen after loading keeps the browser's own starting point.
    if (!router.hasMoved()) return;
    document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [key]);
}

export function LanguageSwitch(): JSX.Element {
  const { app, state } = useAround();
  const words = useWords();
  const other = LANGUAGES.find((one) => one.code !== state.language) ?? LANGUAGES[0];
  return (
    <button
      type="button"
      class="language"
      onClick={() => other && void app.setLanguage(other.code).catch(() => undefined)}
    >
      <b class="said">{words.app.language}: </b>
      {LANGUAGES.map(({ code, short }, at) => (
        <Fragment key={code}>
          {at > 0 && <span aria-hidden="true">/</span>}
          {code === state.language ? <b>{short}</b> : short}
        </Fragment>
      ))}
    </button>
  );
}

function Tabs({ now }: { now: Tab | null }): JSX.Element {
  const { state } = useApp();
  const words = useWords();
  const unread = state.news.filter((news) => news.isNew).length;
  return (
    <nav class="tabs" aria-label={words.app.menu}>
      {TABS.map(([tab, address, icon]) => (
        <a key={tab} href={address} aria-current={tab === now ? "page" : undefined}>
          <Icon name={icon} />
          <span>{words.tabs[tab]}</span>
          {tab === "inbox" && unread > 0 && (
            <b class="badge">
              <span aria-hidden="true">{unread}</span>
              <span class="said">{words.app.unread(unread)}</span>
            </b>
          )}
        </a>
      ))}
    </nav>
  );
}

export function Frame({
  title,
  tab = null,
  children,
}: {
  title: string;
  tab?: Tab | null;
  children: ComponentChildren;
}): JSX.Element {
  const words = useWords();
  useScreenTitle(title);
  return (
    <div class="with-tabs">
      <header class="bar">
        <div class="bar-row">
          <a class="brand" href="/">
            <Icon name="logo" />
            {words.app.name}
          </a>
          <Tabs now={tab} />
          <a class="bar-link" href="/settings">
            <Icon name="gear" />
            <span class="said">{words.app.settings}</span>
          </a>
          <LanguageSwitch />
        </div>
      </header>
      <main id="content" class="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
