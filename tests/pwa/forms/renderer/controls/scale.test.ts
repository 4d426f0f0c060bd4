import assert from "node:assert/strict";
import { test } from "node:test";
import { demandsOf, fixOf } from "../../../../../pwa/forms/renderer/controls/position.ts";
import { scaleOf, stepped, valuesOf } from "../../../../../pwa/forms/renderer/controls/range.tsx";
import { elapsedWords } from "../../../../../pwa/forms/renderer/controls/recording.tsx";
import { grouped, ungrouped } from "../../../../../pwa/forms/renderer/controls/text.tsx";

const halves = { start: 36, end: 38, step: 0.5 };

test("a scale is walked by its step and not beyond its ends", () => {
  assert.equal(stepped("37.0", halves, 1), "37.5");
  assert.equal(stepped("38.0", halves, 1), "38.0");
  assert.equal(stepped("36.0", halves, -1), "36.0");
});

test("the first press of an empty scale lands on the end it comes from", () => {
  assert.equal(stepped("", halves, 1), "36.0");
  assert.equal(stepped("", halves, -1), "38.0");
});

test("every value of a scale is offered, decimals without drift", () => {
  assert.deepEqual(valuesOf({ start: 0, end: 0.3, step: 0.1 }), ["0.0", "0.1", "0.2", "0.3"]);
  assert.deepEqual(valuesOf({ start: 3, end: 1, step: 1 }), ["3", "2", "1"]);
  assert.ok(valuesOf({ start: 0, end: 1e9, step: 1 }).length <= 200);
});

test("parameters that are no numbers leave the scale whole", () => {
  assert.deepEqual(scaleOf({ start: "x", end: 5, step: 0 }), { start: 1, end: 5, step: 1 });
});

test("thousands are parted as the language does it, and read back", () => {
  assert.equal(grouped("1250000.5", "vi"), "1.250.000,5");
  assert.equal(grouped("1250000.5", "en"), "1,250,000.5");
  assert.equal(grouped("-125", "vi"), "-125");
  assert.equal(ungrouped("1.250.000,5", "vi"), "1250000,5");
});

test("a place is written as latitude, longitude, altitude, accuracy", () => {
  const coords = { latitude: 22.5, longitude: 103.9, altitude: null, accuracy: 12.34 };
  assert.deepEqual(fixOf(coords), { text: "22.5000000 103.9000000 0.0 12.3", accuracy: 12.34 });
});

test("the form says how good a place must be", () => {
  assert.deepEqual(demandsOf({ accuracyThreshold: 20 }), { good: 20, rough: 100 });
  assert.deepEqual(demandsOf({ unacceptableAccuracyThreshold: 300 }), { good: 5, rough: 300 });
});

test("time that passes is told in minutes and seconds", () => {
  assert.equal(elapsedWords(0), "0:00");
  assert.equal(elapsedWords(75), "1:15");
});
