/**
 * Word that something in the stores has changed, to this page, to other tabs and between page and
 * worker. Carries only the kind of record: whoever shows it reads it again.
 */

/** `sent`: something new lies in the journal and wants to leave. */
export type Topic =
  | "journal"
  | "dossiers"
  | "drafts"
  | "catalogue"
  | "relayed"
  | "lock"
  | "locked"
  | "sent";

const CHANNEL = "hoso";

/** Tells everyone who watches, in this context too. */
export function announce(topic: Topic): void {
  // A channel does not hear itself, so this context's own watchers hear a second one.
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(topic);
  channel.close();
}

/** @returns stops watching */
export function watch(listener: (topic: Topic) => void): () => void {
  if (typeof BroadcastChannel === "undefined") return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<Topic>) => listener(data);
  return () => channel.close();
}
