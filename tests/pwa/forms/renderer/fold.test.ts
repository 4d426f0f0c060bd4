import assert from "node:assert/strict";
import { test } from "node:test";
import { find, fold, indexOf } from "../../../../pwa/forms/renderer/fold.ts";

const places = ["Xã Bát Xát", "Phường Lào Cai", "Xã Lao Chải", "Xã Đăk Đoa", "Xã Ea H’leo"];
const index = indexOf(places, (name) => name);

test("tone marks, case and the stroke of đ do not matter when looking", () => {
  assert.equal(fold("Đặng  THỊ Mẫu"), "dang thi mau");
  assert.equal(fold("Ea H’leo"), fold("ea h'LEO"));
});

test("text typed with separate marks is found like text with joined ones", () => {
  assert.equal(fold("Bát Xát".normalize("NFD")), fold("Bát Xát".normalize("NFC")));
});

test("words typed without diacritics find the commune", () => {
  assert.deepEqual(find(index, "bat xat", 10).found, ["Xã Bát Xát"]);
  assert.deepEqual(find(index, "dak", 10).found, ["Xã Đăk Đoa"]);
});

test("every word must be there, in any order", () => {
  assert.deepEqual(find(index, "cai lao", 10).found, ["Phường Lào Cai"]);
  assert.deepEqual(find(index, "cai bat", 10).found, []);
});

test("what begins with the query comes before what merely holds it", () => {
  const groups = indexOf(["Cơ Lao", "Lào", "Cơ Tu"], (name) => name);
  assert.deepEqual(find(groups, "lao", 10).found, ["Lào", "Cơ Lao"]);
});

test("no more lines are drawn than asked for, and the rest is counted", () => {
  assert.deepEqual(find(index, "", 2), { found: places.slice(0, 2), more: 3 });
  const { found, more } = find(index, "xa", 3);
  assert.equal(found.length, 3);
  assert.equal(more, 1);
});
