/**
 * The worker: registered after the first screen, and a waiting version offered, never forced. When
 * the person agrees, the new worker takes over and the page loads again; a page with an open form
 * waits until the form is left.
 */

export interface Update {
  /** Tell the waiting worker to take over; the page loads again when it has. */
  use(): void;
}

/**
 * @param offer called when a new version waits
 * @param isBusy whether a form is open, so that the page must not load again now
 */
export async function watchUpdates(
  offer: (update: Update) => void,
  isBusy: () => boolean,
): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  let wasControlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // The very first worker takes over a page that is already of its own version.
    if (wasControlled) reloadWhenFree(isBusy);
    wasControlled = true;
  });
  const registration = await navigator.serviceWorker.register("/sw.js");
  const tell = (): void => {
    const { waiting } = registration;
    if (waiting && navigator.serviceWorker.controller)
      offer({ use: () => waiting.postMessage({ type: "SKIP_WAITING" }) });
  };
  tell();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", tell);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) registration.update().catch(() => undefined);
  });
  const { active } = await navigator.serviceWorker.ready;
  // Opened in the moment in which the first worker took over, or loaded past it: without a worker
  // this page could not fetch its later parts once the network is gone.
  if (!navigator.serviceWorker.controller) active?.postMessage({ type: "CLAIM" });
}

function reloadWhenFree(isBusy: () => boolean): void {
  if (!isBusy()) {
    window.location.reload();
    return;
  }
  window.setTimeout(() => reloadWhenFree(isBusy), 1000);
}

/** The build this page belongs to, as the build wrote it into the page. */
export function buildName(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="hoso-build"]')?.content || "–";
}
