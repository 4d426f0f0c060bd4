import assert from "node:assert/strict";
import { test } from "node:test";
import { zoneOf } from "../../../../pwa/forms/engine/dates.ts";
import type { ValueType } from "../../../../pwa/forms/engine/definition.ts";
import { isOfType, normal } from "../../../../pwa/forms/engine/lexical.ts";

const zone = zoneOf("Asia/Ho_Chi_Minh");
const becomes = (text: string, type?: ValueType): string => normal(text, type, zone);

test("a whole number loses its fraction and stays within 32 bits", () => {
  assert.equal(becomes("12.9", "int"), "12");
  assert.equal(becomes("-12.9", "int"), "-12");
  assert.equal(becomes("-0.5", "int"), "0");
  assert.equal(becomes("2147483647", "int"), "2147483647");
  assert.equal(becomes("2147483648", "int"), "");
  assert.equal(becomes("-2147483648", "int"), "-2147483648");
  assert.equal(becomes("một", "int"), "");
});

test("a date loses its time in the zone of the form", () => {
  assert.equal(becomes("2026-11-22T22:00:00Z", "date"), "2026-11-23");
  assert.equal(becomes("2026-02-30", "date"), "");
  assert.equal(becomes("Invalid Date", "date"), "");
});

test("what is no value of the type becomes empty", () => {
  assert.equal(becomes("1,5", "decimal"), "");
  assert.equal(becomes("1.50", "decimal"), "1.50");
  assert.equal(becomes("7:30", "time"), "");
  assert.equal(becomes("07:30:00", "time"), "07:30:00");
  assert.equal(becomes("2026-11-22", "dateTime"), "");
  assert.equal(
    becomes("2026-11-22T07:30:00.000+07:00", "dateTime"),
    "2026-11-22T07:30:00.000+07:00",
  );
  assert.equal(becomes("91 0", "geopoint"), "");
  assert.equal(becomes("22.5 103.9 0 12.5", "geopoint"), "22.5 103.9 0 12.5");
  assert.equal(becomes("anything"), "anything");
});

test("a trace is points, closed by a semicolon or not", () => {
  assert.equal(isOfType("1 2; 3 4;", "geotrace", zone), true);
  assert.equal(isOfType("1 2; x", "geotrace", zone), false);
});
