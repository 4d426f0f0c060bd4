/**
 * Push on and off. Asked for at a sensible moment by the screens; here only the browser's and the
 * server's part. Some browsers never settle `subscribe`, so it has a time limit.
 */
import { call, type Net, net } from "../api/client.ts";
import { claim, openDevice } from "../identity/device.ts";
import { fromBase64url } from "../store/bytes.ts";
import { readCatalogue } from "../store/definitions.ts";
import { isSignedIn } from "../store/people.ts";
import type { Store } from "../store/schema.ts";
import { within } from "../store/within.ts";
import { readingMark } from "../sync/exchange.ts";

export type PushState = "unsupported" | "denied" | "default" | "on";

/** Codes: the person said no; the browser has no push or does not answer; nothing was ever sent. */
export class PushError extends Error {
  readonly code: "push-denied" | "push-unsupported" | "push-silent" | "push-too-early";
  constructor(code: PushError["code"]) {
    super(code);
    this.name = "PushError";
    this.code = code;
  }
}

const PATIENCE = 15_000;

export async function pushState(): Promise<PushState> {
  const registration = await manager();
  if (!registration || typeof Notification === "undefined") return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const subscription = await registration.pushManager.getSubscription();
  return subscription && Notification.permission === "granted" ? "on" : "default";
}

/** Asks the person, subscribes and tells the server. Call from a click. Throws PushError too. */
export async function subscribePush(
  store: Store,
  language: string,
  around: Net = net,
): Promise<void> {
  const registration = await manager();
  const catalogue = await readCatalogue(store.shared);
  if (!registration || typeof Notification === "undefined") throw new PushError("push-unsupported");
  if ((await Notification.requestPermission()) !== "granted") throw new PushError("push-denied");
  if (!catalogue) throw new PushError("push-too-early");
  const key = fromBase64url(catalogue.pushKey);
  const present = await registration.pushManager.getSubscription();
  if (present && !hasKey(present, key)) await present.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const subscription = await within(PATIENCE, registration.pushManager.subscribe(options));
  if (!subscription) throw new PushError("push-silent");
  await tell(store, subscription, language, around);
}

/** At start: the browser may have changed the address, or another person's store is open now. */
export async function keepPush(store: Store, language: string, around: Net = net): Promise<void> {
  if ((await pushState()) !== "on") return;
  const subscription = await (await manager())?.pushManager.getSubscription();
  const told = subscription && `${subscription.endpoint} ${language}`;
  if (!told || (await store.db.get("meta", "push")) === told) return;
  await tell(store, subscription, language, around);
}

/** No more push on this phone. A server that is not told now learns it from the push service. */
export async function unsubscribePush(around: Net = net): Promise<void> {
  const subscription = await (await manager())?.pushManager.getSubscription();
  if (!subscription) return;
  const { endpoint } = subscription;
  await subscription.unsubscribe();
  const body = { subscription: { endpoint } };
  await call(around, "/push/subscriptions", { method: "DELETE", body }).catch(() => undefined);
}

/** The worker asks an open page to show a dossier after a tap. @returns stops listening */
export function onNotificationOpened(listener: (path: string) => void): () => void {
  const heard = ({ data }: MessageEvent<{ type?: string; path?: string } | null>) => {
    if (data?.type === "open" && data.path?.startsWith("/")) listener(data.path);
  };
  navigator.serviceWorker?.addEventListener("message", heard);
  return () => navigator.serviceWorker?.removeEventListener("message", heard);
}

async function tell(
  store: Store,
  subscription: PushSubscription,
  language: string,
  around: Net,
): Promise<void> {
  const { nonce } = await readingMark(store);
  const body = {
    subscription: subscription.toJSON(),
    device: await claim(await openDevice(store), nonce, ""),
    // The server's words for it; forms may speak more languages.
    language: language === "en" ? "en" : "vi",
  };
  const withLogin = await isSignedIn(store);
  if (nonce === undefined && !withLogin) throw new PushError("push-too-early");
  await call(around, "/push/subscriptions", { body, withLogin });
  await store.db.put("meta", `${subscription.endpoint} ${language}`, "push");
}

async function manager(): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator) || typeof PushManager === "undefined") return undefined;
  return navigator.serviceWorker.getRegistration();
}

function hasKey({ options }: PushSubscription, key: Uint8Array): boolean {
  const present = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return present.length === key.length && present.every((byte, at) => byte === key[at]);
}
