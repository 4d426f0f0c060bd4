/** A notification that was pressed → the dossier on the screen. */

/** What is used of the worker's scope: as much as tests can stand in for. */
interface Scope {
  clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(path: string): Promise<unknown>;
  };
}

interface Page {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

declare const self: Scope;

/** Shows the dossier in a page that is open, without reloading it; else opens one. */
export async function openNotification(notification: Notification): Promise<void> {
  notification.close();
  const { path } = notification.data as { path: string };
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const ours = pages.find(({ url }) => isApp(url));
  if (!ours) {
    await self.clients.openWindow(path);
    return;
  }
  await ours.focus();
  ours.postMessage({ type: "open", path });
}

function isApp(url: string): boolean {
  return !/^\/(desk|verify|docs)\b/.test(new URL(url).pathname);
}
