/** Hands app and router to the screens; reading the state through it is always reading the newest. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App, State } from "./app.ts";
import type { Router } from "./router.ts";

export interface Running {
  app: App;
  state: State;
  router: Router;
}

export const RunningContext = createContext<Running | null>(null);

export function useApp(): Running {
  const running = useContext(RunningContext);
  if (!running) throw new Error("no app around this view");
  return running;
}
