import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DAY,
  formatMoment,
  momentText,
  parseMoment,
  startOfDay,
  zoneOf,
} from "../../../../pwa/forms/engine/dates.ts";
import { dayPart } from "../../../../pwa/forms/engine/rare.ts";

const vietnam = zoneOf("Asia/Ho_Chi_Minh");
const paris = zoneOf("Europe/Paris");

test("a date is midnight of the zone", () => {
  assert.equal(parseMoment("2026-11-22", vietnam), Date.UTC(2026, 10, 21, 17));
  assert.equal(parseMoment("2026-11-22", zoneOf("+00:00")), Date.UTC(2026, 10, 22));
});

test("a time with an offset is the same moment in every zone", () => {
  const text = "2026-11-22T08:15:30.250+07:00";
  assert.equal(parseMoment(text, paris), Date.UTC(2026, 10, 22, 1, 15, 30, 250));
  assert.equal(parseMoment("2026-11-22T01:15:30.25Z", vietnam), parseMoment(text, vietnam));
});

test("days that no calendar has are no moment", () => {
  for (const text of [
    "2023-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "",
    "x",
  ]) {
    assert.ok(Number.isNaN(parseMoment(text, vietnam)), text);
  }
  assert.ok(!Number.isNaN(parseMoment("2024-02-29", vietnam)));
  assert.ok(!Number.isNaN(parseMoment("2000-02-29", vietnam)));
  assert.ok(Number.isNaN(parseMoment("1900-02-29", vietnam)));
});

test("hours, minutes, seconds and offsets beyond their range are no moment", () => {
  for (const time of ["24:00", "10:60", "10:00:60", "10:00+15:00", "10:00:00+0700"]) {
    assert.ok(Number.isNaN(parseMoment(`2026-11-22T${time}`, vietnam)), time);
  }
});

test("Vietnam's clock before 1975 comes from the zone tables", () => {
  // Saigon kept +08:00 from 1960 on.
  assert.equal(parseMoment("1965-05-01", vietnam), Date.UTC(1965, 3, 30, 16));
  assert.equal(momentText(parseMoment("1965-05-01", vietnam), vietnam), "1965-05-01");
});

test("summer time moves the clock but not the date", () => {
  assert.equal(momentText(parseMoment("2026-07-14", paris), paris), "2026-07-14");
  assert.equal(paris(parseMoment("2026-07-14", paris)), 120);
  assert.equal(paris(parseMoment("2026-01-14", paris)), 60);
});

test("midnight is written as a date, anything else with its offset", () => {
  assert.equal(momentText(Date.UTC(2026, 10, 21, 17), vietnam), "2026-11-22");
  assert.equal(momentText(Date.UTC(2026, 10, 22), vietnam), "2026-11-22T07:00:00.000+07:00");
  assert.equal(
    momentText(Date.UTC(2026, 10, 22), zoneOf("-03:30")),
    "2026-11-21T20:30:00.000-03:30",
  );
  assert.equal(momentText(Number.NaN, vietnam), "Invalid Date");
});

test("the start of a day is the zone's, not London's", () => {
  const lateInHanoi = Date.UTC(2026, 10, 22, 16, 59);
  assert.equal(momentText(startOfDay(lateInHanoi, vietnam), vietnam), "2026-11-22");
  assert.equal(momentText(startOfDay(lateInHanoi + 60000, vietnam), vietnam), "2026-11-23");
  assert.equal(startOfDay(Date.UTC(2026, 10, 22), vietnam) % DAY, Date.UTC(2026, 10, 21, 17) % DAY);
});

test("a time of day is a part of a day", () => {
  assert.equal(dayPart("12:00", vietnam), 0.5);
  assert.equal(dayPart("06:00:00.000+07:00", vietnam), 0.25);
  assert.ok(Number.isNaN(dayPart("noon", vietnam)));
});

test("a pattern writes each of its parts and leaves what it does not know", () => {
  const moment = parseMoment("2026-03-05T07:08:09.045+07:00", vietnam);
  const write = (pattern: string): string => formatMoment(pattern, moment, vietnam);
  assert.equal(write("%d/%m/%Y"), "05/03/2026");
  assert.equal(write("%e.%n.%y %b %a"), "5.3.26 Mar Thu");
  assert.equal(write("%H:%M:%S.%3 %h"), "07:08:09.045 7");
  assert.equal(write("100% %Q"), "100% %Q");
});
