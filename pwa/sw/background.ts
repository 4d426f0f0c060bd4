/**
 * What the worker does when no page is open: it delivers, shows pushes and takes in what other apps
 * share. A file of its own, loaded
 * when such an event comes, so that the worker that answers every request stays small and quick to
 * start. index.ts takes it in while it installs; from then on the browser keeps it with the worker.
 */
import { backgroundRound, showPush } from "./push.ts";
import { takeShared } from "./sharing.ts";

export interface Background {
  backgroundRound: typeof backgroundRound;
  showPush: typeof showPush;
  takeShared: typeof takeShared;
}

declare const self: { hosoBackground?: Background };

self.hosoBackground = { backgroundRound, showPush, takeShared };
