import assert from "node:assert/strict";
import { test } from "node:test";
import { dateOf, partsOf, precisionOf, shownDate } from "../../../../pwa/forms/renderer/dates.ts";

test("a day typed without zeros becomes the form's date", () => {
  assert.equal(dateOf({ day: "5", month: "3", year: "1990" }), "1990-03-05");
});

test("a day that is in no calendar is no date", () => {
  assert.equal(dateOf({ day: "31", month: "2", year: "2026" }), undefined);
  assert.equal(dateOf({ day: "29", month: "2", year: "2024" }), "2024-02-29");
  assert.equal(dateOf({ day: "0", month: "1", year: "2026" }), undefined);
});

test("a date half typed is no date yet, and an empty one is no answer", () => {
  assert.equal(dateOf({ day: "5", month: "", year: "" }), undefined);
  assert.equal(dateOf({ day: "5", month: "3", year: "90" }), undefined);
  assert.equal(dateOf({ day: "", month: "", year: "" }), "");
});

test("a year alone, or month and year, is enough where the form asks for no more", () => {
  assert.equal(dateOf({ day: "", month: "", year: "1950" }, "year"), "1950-01-01");
  assert.equal(dateOf({ day: "", month: "7", year: "1950" }, "month"), "1950-07-01");
  assert.equal(precisionOf(["w1", "month-year"]), "month");
  assert.equal(precisionOf(undefined), "day");
});

test("a kept date comes back into its boxes and is read day first", () => {
  assert.deepEqual(partsOf("2026-03-15"), { day: "15", month: "3", year: "2026" });
  assert.equal(shownDate("2026-03-15"), "15/03/2026");
  assert.equal(shownDate("2026-03-01", "month"), "03/2026");
  assert.equal(shownDate("nonsense"), "nonsense");
});
