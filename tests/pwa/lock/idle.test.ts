import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import { readLimits, saveLimits, stopwatch, watchIdle } from "../../../pwa/lock/idle.ts";
import { freshPhone, ownStore } from "../store/phone.ts";

freshPhone();

const real = { setTimeout, clearTimeout, now: Date.now };

/** A page that can be touched, hidden and shown; `later` lets time pass. */
function page() {
  let now = 0;
  let due: { at: number; work: () => void }[] = [];
  const start = (work: () => void, wait: number) => {
    const timer = { at: now + wait, work };
    due.push(timer);
    return timer;
  };
  const end = (timer: object) => {
    due = due.filter((one) => one !== timer);
  };
  Object.assign(globalThis, { setTimeout: start, clearTimeout: end });
  Date.now = () => now;
  const tick = (milliseconds: number) => {
    const until = now + milliseconds;
    for (;;) {
      const next = due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      now = next.at;
      end(next);
      next.work();
    }
    now = until;
  };
  const target = new EventTarget() as EventTarget & { visibilityState: string };
  target.visibilityState = "visible";
  Object.assign(globalThis, { document: target, Element: class {} });
  return {
    later: (seconds: number) => tick(seconds * 1_000),
    touch: () => target.dispatchEvent(new Event("pointerdown")),
    turn(state: "hidden" | "visible") {
      target.visibilityState = state;
      target.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

afterEach(() => {
  const { now, ...timers } = real;
  Object.assign(globalThis, timers);
  Date.now = now;
  for (const name of ["document", "Element"]) Reflect.deleteProperty(globalThis, name);
});

const limits = { idleMinutes: 5, hiddenSeconds: 60 };

test("a phone that nobody touches locks, once", () => {
  const { later, touch } = page();
  let locks = 0;
  watchIdle(limits, () => {
    locks += 1;
  });
  later(290);
  touch();
  later(290);
  assert.equal(locks, 0);
  later(15);
  assert.equal(locks, 1);
  later(900);
  assert.equal(locks, 1);
});

test("out of sight it locks sooner, and a glance elsewhere does not count", () => {
  const { later, turn } = page();
  let locks = 0;
  const stop = watchIdle(limits, () => {
    locks += 1;
  });
  turn("hidden");
  later(30);
  turn("visible");
  assert.equal(locks, 0);
  turn("hidden");
  later(66);
  assert.equal(locks, 1);
  stop();
});

test("who wants it locks with the first moment out of sight", () => {
  const { turn } = page();
  let locks = 0;
  watchIdle({ ...limits, hiddenSeconds: 0 }, () => {
    locks += 1;
  });
  turn("hidden");
  assert.equal(locks, 1);
});

test("neither a sleeping clock nor one that is set stops the watch from counting", () => {
  let [steady, wall] = [0, 0];
  const watch = stopwatch(
    () => steady,
    () => wall,
  );
  wall = 10;
  assert.equal(watch.passed(), 10, "the phone slept");
  [steady, wall] = [20, -1_000];
  assert.equal(watch.passed(), 20, "the clock was set back");
});

test("when to lock is each person's own choice and is remembered", async () => {
  const { store } = await ownStore();
  assert.deepEqual(await readLimits(store), limits);
  await saveLimits(store, { idleMinutes: 1, hiddenSeconds: 0 });
  assert.deepEqual(await readLimits(store), { idleMinutes: 1, hiddenSeconds: 0 });
});
