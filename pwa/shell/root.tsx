/**
 * The whole app as one view: the screen of the address, in the chosen language, with what concerns
 * every screen above it. A screen that fails is told and left for another; the rest goes on.
 */
import type { JSX } from "preact";
import { useEffect, useReducer, useState } from "preact/hooks";
import { LanguageContext } from "../language/context.ts";
import type { Words } from "../language/messages.ts";
import type { App } from "./app.ts";
import { RunningContext } from "./app-context.ts";
import { Guard } from "./guard.tsx";
import { chromeAddress, inAppBrowser } from "./in-app.ts";
import { type Route, type Router, routeOf } from "./router.ts";
import { DraftScreen } from "./screens/draft.tsx";
import { HomeScreen } from "./screens/home.tsx";
import { LaterScreen, type Rare } from "./screens/later.tsx";
import { MissingScreen } from "./screens/missing.tsx";
import { ProcedureScreen } from "./screens/procedure.tsx";
import { ProceduresScreen } from "./screens/procedures.tsx";
import { SentScreen } from "./screens/sent.tsx";

function screenOf(route: Route): JSX.Element | null {
  switch (route.screen) {
    case "home":
      return <HomeScreen />;
    case "procedures":
      return <ProceduresScreen />;
    case "procedure":
      return <ProcedureScreen key={route.code} code={route.code} />;
    case "draft":
      return <DraftScreen key={route.id} id={route.id} />;
    case "sent":
      return <SentScreen id={route.id} />;
    case "missing":
      return <MissingScreen />;
    default:
      return null;
  }
}

/** What shows nothing of the store that is open: for a person who is just coming. */
const NO_STORE = new Set<Route["screen"]>(["sign-in", "enrol"]);

export interface RootProps {
  app: App;
  router: Router;
  /** Take over the waiting version. */
  useUpdate(): void;
}

export function Root({ app, router, useUpdate }: RootProps): JSX.Element {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [rare, setRare] = useState<Rare | null>(null);
  useEffect(() => app.listen(() => redraw(undefined)), [app]);
  useEffect(() => router.listen(() => redraw(undefined)), [router]);
  const { state } = app;
  useEffect(() => {
    document.documentElement.lang = state.language;
  }, [state.language]);
  const asked = routeOf(router.current().path);
  const route: Route = state.gate && !NO_STORE.has(asked.screen) ? { screen: state.gate } : asked;
  const { language, words } = state;
  return (
    <LanguageContext.Provider value={{ language, words }}>
      <RunningContext.Provider value={{ app, state, router }}>
        <a class="skip" href="#content">
          {words.app.skip}
        </a>
        <InAppBanner words={words} router={router} />
        {state.hasUpdate && route.screen !== "draft" && (
          <p class="ribbon" role="status">
            {words.update.ready}
            <button type="button" class="link" onClick={useUpdate}>
              {words.update.use}
            </button>
          </p>
        )}
        <Guard
          key={route.screen === state.gate ? state.gate : router.current().path}
          words={words.app}
        >
          {screenOf(route) ?? rare?.(route) ?? (
            <LaterScreen have={(found) => setRare(() => found)} />
          )}
        </Guard>
      </RunningContext.Provider>
    </LanguageContext.Provider>
  );
}

function InAppBanner({ words, router }: { words: Words; router: Router }): JSX.Element | null {
  const [isCopied, setCopied] = useState(false);
  const { inApp } = words;
  const name = inAppBrowser(navigator.userAgent);
  if (!name) return null;
  const { path, query } = router.current();
  const here = window.location.origin + path + query;
  const chrome = chromeAddress(navigator.userAgent, here);
  return (
    <section class="ribbon" aria-label={inApp.title(name)}>
      <strong>{inApp.title(name)}.</strong> {inApp.text}{" "}
      {chrome ? (
        <a href={chrome}>{inApp.open}</a>
      ) : (
        <button
          type="button"
          class="link"
          onClick={() => void navigator.clipboard?.writeText(here).then(() => setCopied(true))}
        >
          {inApp.copy}
        </button>
      )}
      <span role="status">{isCopied && inApp.copied}</span>
    </section>
  );
}
