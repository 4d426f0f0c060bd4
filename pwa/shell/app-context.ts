/** Hands app and router to the screens; reading the state through it is always reading the newest. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App, State } from "./app.ts";
import type { Router } from "./router.ts";

/** All that the screens of a form need: the whole app gives it, and so does trying a form without one. */
export interface Around {
  app: Pick<App, "setLanguage">;
  state: Pick<State, "language" | "catalogue">;
  router: Pick<Router, "hasMoved">;
}

export interface Running extends Around {
  app: App;
  state: State;
  router: Router;
}

export const RunningContext = createContext<Around | null>(null);

export function useAround(): Around {
  const around = useContext(RunningContext);
  if (!around) throw new Error("no app around this view");
  return around;
}

/** For all other screens: only the whole app shows them. */
export function useApp(): Running {
  return useAround() as Running;
}
