/**
 * The worker that stretches PINs: a file of its own, so that the page stays alive while it counts, and
 * alone may compile machine code (server/client.py). It is fetched when a lock is first put on or
 * opened. lock/stretch.ts speaks to it.
 */
import { derive, type Task } from "./argon.ts";

declare const self: {
  addEventListener(type: "message", listener: (event: { data: Task }) => void): void;
  postMessage(message: Uint8Array | string): void;
};

self.addEventListener("message", ({ data }) => {
  derive(data).then(
    (key) => self.postMessage(key),
    (error: unknown) => self.postMessage(String(error)),
  );
});
