import assert from "node:assert/strict";
import test, { afterEach, beforeEach } from "node:test";
import { type Schedule, startSchedule } from "../../../pwa/sync/schedule.ts";
import { freshPhone } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";

freshPhone();

/** A page: its events are told by hand, its timers only when asked. */
class PageTwin extends EventTarget {
  visibilityState = "visible";
  readonly connection = new EventTarget();
  readonly tags: string[] = [];
  /** Waits of a second and more: told by hand. */
  timers: { work: () => void; time: number }[] = [];
  private readonly before = new Map<string, PropertyDescriptor | undefined>();

  install(): void {
    const sync = { register: async (tag: string) => void this.tags.push(tag) };
    const serviceWorker = { getRegistration: async () => ({ sync }) };
    this.put("navigator", { serviceWorker, connection: this.connection });
    const { setTimeout: wait } = globalThis;
    this.put("setTimeout", (work: () => void, time: number) => {
      if (time >= 1_000) this.timers.push({ work, time });
      return wait(time >= 1_000 ? () => undefined : work, time >= 1_000 ? 0 : time);
    });
    this.put("document", this);
    this.put("addEventListener", this.addEventListener.bind(this));
    this.put("removeEventListener", this.removeEventListener.bind(this));
  }

  private put(name: string, value: unknown): void {
    this.before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }

  remove(): void {
    for (const [name, before] of this.before) {
      if (before) Object.defineProperty(globalThis, name, before);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

let page: PageTwin;
let schedule: Schedule | undefined;

beforeEach(() => {
  page = new PageTwin();
  page.install();
});

afterEach(() => {
  schedule?.stop();
  page.remove();
});

/** Waits until it holds, without a clock of its own. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 400; turn++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.fail("it never came to that");
}

const noNetwork = () => {
  throw new TypeError("no network");
};

test("starting the app sends what waits", async () => {
  const { store, server } = await phoneAndServer();
  await sent(store);
  schedule = startSchedule(store, server.net);
  await until(async () => (await onlyItem(store)).state === "settled");
  await until(() => schedule?.status().isRunning === false);
  assert.deepEqual(schedule.status(), { isRunning: false, retryAt: null, lastReason: null });
});

test("Send is followed by sending, without anyone asking for it", async () => {
  const { store, server } = await phoneAndServer();
  schedule = startSchedule(store, server.net);
  await schedule.sendNow();
  await sent(store);
  await until(async () => (await onlyItem(store)).state === "settled");
});

test("the network's return sends what failed, whatever the browser said about being online", async () => {
  const { store, server } = await phoneAndServer();
  server.before = noNetwork;
  await sent(store);
  schedule = startSchedule(store, server.net);
  await until(() => schedule?.status().lastReason === "network-none");
  server.before = () => undefined;
  page.dispatchEvent(new Event("online"));
  await until(async () => (await onlyItem(store)).state === "settled");
});

test("another connection, and coming back to the page, are tried too", async () => {
  const { store, server } = await phoneAndServer();
  server.before = noNetwork;
  await sent(store);
  schedule = startSchedule(store, server.net);
  await until(() => schedule?.status().lastReason === "network-none");
  const asked = server.requests.length;
  page.connection.dispatchEvent(new Event("change"));
  await until(() => server.requests.length > asked);
  await until(() => schedule?.status().isRunning === false);
  const before = server.requests.length;
  page.dispatchEvent(new Event("visibilitychange"));
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(server.requests.length, before, "not again within seconds");
  server.clock += 60_000;
  server.before = () => undefined;
  page.dispatchEvent(new Event("visibilitychange"));
  await until(async () => (await onlyItem(store)).state === "settled");
});

test("while something waits, the next try is known and Background Sync is asked for", async () => {
  const { store, server } = await phoneAndServer();
  server.before = noNetwork;
  await sent(store);
  schedule = startSchedule(store, server.net);
  await until(() => page.tags.length > 0);
  assert.deepEqual(new Set(page.tags), new Set(["outbox"]));
  assert.equal(schedule.status().retryAt, (await onlyItem(store)).nextTryAt);
});

test("the timer tries again by itself", async () => {
  const { store, server } = await phoneAndServer();
  server.before = noNetwork;
  await sent(store);
  schedule = startSchedule(store, server.net);
  await until(() => schedule?.status().retryAt !== null);
  const tries = page.timers.filter(({ time }) => time <= 5_000);
  assert.equal(tries.length, 1);
  assert.equal(tries[0]?.time, (schedule.status().retryAt ?? 0) - server.clock);
  server.before = () => undefined;
  server.clock += 5_000;
  tries[0]?.work();
  await until(async () => (await onlyItem(store)).state === "settled");
});

test("triggers that come while a round runs share the next one", async () => {
  const { store, server } = await phoneAndServer();
  await sent(store);
  schedule = startSchedule(store, server.net);
  const states: boolean[] = [];
  schedule.subscribe(({ isRunning }) => states.push(isRunning));
  for (let press = 0; press < 5; press++) page.dispatchEvent(new Event("online"));
  await Promise.all([schedule.sendNow(), schedule.sendNow()]);
  await until(() => schedule?.status().isRunning === false);
  assert.ok(states.filter(Boolean).length <= 2, `${states}`);
});

test("a stopped schedule does nothing any more", async () => {
  const { store, server } = await phoneAndServer();
  schedule = startSchedule(store, server.net);
  await schedule.sendNow();
  schedule.stop();
  const asked = server.requests.length;
  page.dispatchEvent(new Event("online"));
  await sent(store);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(server.requests.length, asked);
});

test("a browser that claims to be offline is not believed: what waits is tried and arrives", async () => {
  const { store, server } = await phoneAndServer();
  await sent(store);
  Object.defineProperty(globalThis.navigator, "onLine", { value: false, configurable: true });
  schedule = startSchedule(store, server.net);
  await until(async () => (await onlyItem(store)).state === "settled");
});

test("a network that changes is tried at once, whatever the waiting time", async () => {
  const { store, server } = await phoneAndServer();
  server.before = noNetwork;
  await sent(store);
  schedule = startSchedule(store, server.net);
  await until(async () => (await onlyItem(store)).attempts > 0);
  server.before = () => undefined;
  page.connection.dispatchEvent(new Event("change"));
  await until(async () => (await onlyItem(store)).state === "settled");
});
