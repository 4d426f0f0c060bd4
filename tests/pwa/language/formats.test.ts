import assert from "node:assert/strict";
import { test } from "node:test";
import { clockTime, moment, shortDate, size } from "../../../pwa/language/formats.ts";
import { vietnamese } from "../../../pwa/language/vi.ts";

const at = (day: number, hour = 8): number => new Date(2026, 10, day, hour, 5).getTime();

test("dates are written day first", () => {
  assert.equal(shortDate("2026-11-02"), "02/11/2026");
  assert.equal(shortDate(at(22)), "22/11/2026");
  assert.equal(shortDate("nothing"), "");
  assert.equal(clockTime(at(22, 14)), "14:05");
});

test("a moment is told in the fewest words", () => {
  assert.equal(moment(at(22), vietnamese, at(22, 20)), "08:05 hôm nay");
  assert.equal(moment(at(21), vietnamese, at(22)), "08:05 hôm qua");
  assert.equal(moment(at(2), vietnamese, at(22)), "08:05, 02/11/2026");
});

test("sizes are whole kilobytes, then megabytes with a comma", () => {
  assert.equal(size(0), "0 KB");
  assert.equal(size(10), "1 KB");
  assert.equal(size(240 * 1024), "240 KB");
  assert.equal(size(1.44 * 1024 * 1024), "1,4 MB");
  assert.equal(size(10 * 1024 ** 3), "10,0 GB");
});
