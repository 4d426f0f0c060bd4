import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, removeRepeat, view } from "../../../../pwa/forms/engine/index.ts";
import { finder } from "../../../../pwa/forms/renderer/asked.ts";
import { opened } from "../engine/sample.ts";

type Found = (fix: GeolocationPosition) => void;

/** A phone that tells its place when the test says so. */
function phone() {
  const waiting: { found: Found; failed: () => void }[] = [];
  const getCurrentPosition = (found: Found, failed: unknown): void => {
    waiting.push({ found, failed: failed as () => void });
  };
  const coords = { latitude: 22.5, longitude: 103.9, altitude: null, accuracy: 12 };
  return { waiting, getCurrentPosition, fix: { coords } as unknown as GeolocationPosition };
}

const place = { type: "geopoint" } as const;
const ask = { ask: "geopoint", value: "" } as const;

test("a position that the form wants at loading is taken once and stays", () => {
  const form = opened({
    nodes: { "/data/at": place },
    actions: [{ on: ["odk-instance-first-load"], set: "/data/at", ...ask }],
  });
  const here = phone();
  const look = finder(form, (ref, value) => answer(form, ref, value), here);
  look();
  look();
  assert.equal(here.waiting.length, 1);
  here.waiting[0]?.found(here.fix);
  assert.equal(view(form, "/data/at").value, "22.5000000 103.9000000 0.0 12.0");
  look();
  assert.equal(here.waiting.length, 1);
});

test("a position that waits for an answer is taken in the same entry, and for each entry", () => {
  const form = opened({
    nodes: {
      "/data/m": { kind: "repeat", initial: [{}, {}] },
      "/data/m/name": {},
      "/data/m/at": place,
    },
    actions: [{ on: ["xforms-value-changed"], set: "/data/m/at", of: "/data/m/name", ...ask }],
  });
  const here = phone();
  const look = finder(form, (ref, value) => answer(form, ref, value), here);
  look();
  assert.equal(here.waiting.length, 0);
  answer(form, "/data/m[2]/name", "Lò Thị Mẫu");
  look();
  here.waiting[0]?.found(here.fix);
  assert.equal(view(form, "/data/m[1]/at").value, "");
  assert.notEqual(view(form, "/data/m[2]/at").value, "");
  answer(form, "/data/m[1]/name", "Vàng Văn Ví Dụ");
  look();
  removeRepeat(form, "/data/m[1]");
  here.waiting[1]?.found(here.fix);
  assert.equal(here.waiting.length, 2, "an entry that is gone by then wants nothing");
});

test("who says no is not asked again, and what is hidden or locked is not asked for", () => {
  const nodes = { "/data/at": place, "/data/off": { ...place, relevant: ["false"] as const } };
  const form = opened({
    nodes: { ...nodes, "/data/locked": { ...place, readonly: ["true"] as const } },
    actions: ["/data/at", "/data/off", "/data/locked"].map((set) => ({
      on: ["odk-instance-load"],
      set,
      ...ask,
    })),
  });
  const here = phone();
  const given: string[] = [];
  const look = finder(form, (ref) => given.push(ref), here);
  look();
  here.waiting[0]?.found(here.fix);
  assert.deepEqual(given, ["/data/at"]);
  look();
  here.waiting[1]?.failed();
  look();
  assert.equal(here.waiting.length, 2);
});
