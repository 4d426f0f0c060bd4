/**
 * The worker: listeners only. A new version waits until the last page of the old one is closed or the
 * person agrees (shell/update.ts sends SKIP_WAITING); it never takes over under an open form. A page
 * that no worker answers for asks the active one to (CLAIM).
 */
import { background as file } from "virtual:precache";
import { OUTBOX } from "../sync/outbox.ts";
import type { Background } from "./background.ts";
import { answer, dropOldBuilds, isShared, precache } from "./caches.ts";
import { openNotification } from "./opening.ts";

declare const self: ServiceWorkerGlobalScope & { hosoBackground?: Background };

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

/** Loads what works without a page. Once installed the browser gives its own copy, also offline. */
function background(): Background {
  if (!self.hosoBackground) importScripts(file);
  return self.hosoBackground as Background;
}

self.addEventListener("install", (event) => event.waitUntil(precache().then(background)));

self.addEventListener("activate", (event) => {
  // Claiming makes the first visit work offline at once; later a version is active only when agreed.
  event.waitUntil(dropOldBuilds().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const response = isShared(event.request)
    ? background().takeShared(event.request)
    : answer(event.request);
  if (response) event.respondWith(response);
});

self.addEventListener("message", (event) => {
  const type = (event.data as { type?: unknown } | null)?.type;
  if (type === "SKIP_WAITING") event.waitUntil(self.skipWaiting());
  if (type === "CLAIM") event.waitUntil(self.clients.claim());
});

self.addEventListener("push", (event) =>
  event.waitUntil(background().showPush(event.data?.text())),
);

self.addEventListener("notificationclick", (event) => {
  event.waitUntil(openNotification(event.notification));
});

// Not in the standard library's event map: Background Sync is Chromium's.
self.addEventListener("sync" as "push", (event) => {
  const { tag, waitUntil } = event as unknown as SyncEvent;
  if (tag === OUTBOX) waitUntil.call(event, background().backgroundRound("background"));
});
