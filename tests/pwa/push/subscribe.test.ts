import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import {
  keepPush,
  onNotificationOpened,
  pushState,
  subscribePush,
  unsubscribePush,
} from "../../../pwa/push/subscribe.ts";
import { base64url } from "../../../pwa/store/bytes.ts";
import { catalogue, freshPhone, keepCatalogue, ownStore } from "../store/phone.ts";

freshPhone();

const KEY = new Uint8Array(65).fill(4);
const present = Object.getOwnPropertyDescriptor(globalThis, "navigator");

class Browser {
  permission: NotificationPermission = "default";
  answer: NotificationPermission = "granted";
  subscription: object | null = null;
  subscribed = 0;
  ended = 0;
  listeners = new Set<(event: object) => void>();
  subscribe = async (options: { applicationServerKey: Uint8Array }) => {
    this.subscribed += 1;
    this.subscription = this.made(options.applicationServerKey);
    return this.subscription;
  };

  made(key: Uint8Array) {
    const endpoint = `https://push.example/${this.subscribed}`;
    return {
      endpoint,
      options: { applicationServerKey: key.slice().buffer },
      toJSON: () => ({ endpoint, keys: { p256dh: "p", auth: "a" } }),
      unsubscribe: async () => {
        this.ended += 1;
        this.subscription = null;
        return true;
      },
    };
  }

  install(): this {
    const browser = this;
    const pushManager = {
      getSubscription: async () => this.subscription,
      subscribe: (options: never) => this.subscribe(options),
    };
    const serviceWorker = {
      getRegistration: async () => ({ pushManager }),
      addEventListener: (_: string, heard: never) => this.listeners.add(heard),
      removeEventListener: (_: string, heard: never) => this.listeners.delete(heard),
    };
    const value = { serviceWorker };
    Object.defineProperty(globalThis, "navigator", { value, configurable: true });
    const Notification = {
      get permission() {
        return browser.permission;
      },
      requestPermission: async () => {
        browser.permission = browser.answer;
        return browser.answer;
      },
    };
    Object.assign(globalThis, { PushManager: class {}, Notification });
    return this;
  }
}

afterEach(() => {
  for (const name of ["PushManager", "Notification", "navigator"]) {
    Reflect.deleteProperty(globalThis, name);
  }
  if (present) Object.defineProperty(globalThis, "navigator", present);
});

function server() {
  const posted: { method: string | undefined; path: string; body: Record<string, never> }[] = [];
  const around = {
    now: () => 0,
    fetch: async (path: string, { method, body }: RequestInit) => {
      posted.push({ method, path, body: JSON.parse(String(body)) });
      return new Response(null, { status: 204 });
    },
  };
  return { posted, around };
}

/** A phone that has synced before: it knows the catalogue and a nonce. */
async function phone() {
  const { shared, store } = await ownStore();
  await keepCatalogue(shared, catalogue({ pushKey: base64url(KEY) }));
  await store.db.put("meta", { nonce: "nonce-1" }, "reading");
  return store;
}

test("a browser without push says so and is not asked", async () => {
  const store = await phone();
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  assert.equal(await pushState(), "unsupported");
  await assert.rejects(subscribePush(store, "vi", server().around), { code: "push-unsupported" });
});

test("subscribing tells the server address, proven device and language", async () => {
  const browser = new Browser().install();
  const store = await phone();
  const { posted, around } = server();
  assert.equal(await pushState(), "default");
  await subscribePush(store, "vi", around);
  assert.equal(await pushState(), "on");
  assert.equal(browser.subscribed, 1);
  const { subscription, device, language } = posted[0]?.body ?? {};
  assert.deepEqual(subscription, {
    endpoint: "https://push.example/1",
    keys: { p256dh: "p", auth: "a" },
  });
  assert.equal(language, "vi");
  assert.deepEqual(Object.keys(device ?? {}), ["key", "nonce", "proof"]);
});

test("a no is kept as denied and nothing is sent", async () => {
  const browser = new Browser().install();
  browser.answer = "denied";
  const { posted, around } = server();
  await assert.rejects(subscribePush(await phone(), "vi", around), { code: "push-denied" });
  assert.equal(await pushState(), "denied");
  assert.equal(posted.length, 0);
});

test("a browser that never answers is given up after its time", async () => {
  const browser = new Browser().install();
  browser.subscribe = () => new Promise(() => undefined);
  const store = await phone();
  const { setTimeout: wait } = globalThis;
  globalThis.setTimeout = ((work: () => void) => wait(work, 1)) as typeof setTimeout;
  try {
    await assert.rejects(subscribePush(store, "vi", server().around), { code: "push-silent" });
  } finally {
    globalThis.setTimeout = wait;
  }
});

test("a subscription under a key of the past is replaced", async () => {
  const browser = new Browser().install();
  browser.subscription = browser.made(new Uint8Array(65));
  await subscribePush(await phone(), "vi", server().around);
  assert.deepEqual([browser.ended, browser.subscribed], [1, 1]);
});

test("before anything was sent there is nothing to be told of", async () => {
  new Browser().install();
  const { shared, store } = await ownStore();
  await keepCatalogue(shared, catalogue({ pushKey: base64url(KEY) }));
  await assert.rejects(subscribePush(store, "vi", server().around), { code: "push-too-early" });
});

test("at start the server is told again only when address or language changed", async () => {
  const browser = new Browser().install();
  const store = await phone();
  const { posted, around } = server();
  await subscribePush(store, "vi", around);
  await keepPush(store, "vi", around);
  assert.equal(posted.length, 1);
  await keepPush(store, "en", around);
  assert.equal(posted.length, 2);
  browser.subscribed = 7;
  browser.subscription = browser.made(KEY);
  await keepPush(store, "en", around);
  assert.equal(posted.length, 3);
});

test("switching off ends the subscription here even when the server is not reached", async () => {
  const browser = new Browser().install();
  const store = await phone();
  const { posted, around } = server();
  await subscribePush(store, "vi", around);
  const fetch = async () => {
    throw new TypeError("no network");
  };
  await unsubscribePush({ ...around, fetch });
  assert.equal(browser.ended, 1);
  assert.equal(await pushState(), "default");
  await subscribePush(store, "vi", around);
  await unsubscribePush(around);
  const ended = posted.find(({ method }) => method === "DELETE");
  assert.deepEqual(ended?.body, { subscription: { endpoint: "https://push.example/2" } });
});

test("a tapped notification asks the open page to show its dossier", () => {
  const browser = new Browser().install();
  const opened: string[] = [];
  const stop = onNotificationOpened((path) => opened.push(path));
  const hear = (data: unknown) => {
    for (const heard of browser.listeners) heard({ data });
  };
  hear({ type: "open", path: "/dossiers/1" });
  hear({ type: "open", path: "https://elsewhere.example" });
  hear({ type: "else" });
  hear(null);
  assert.deepEqual(opened, ["/dossiers/1"]);
  stop();
  assert.equal(browser.listeners.size, 0);
});
