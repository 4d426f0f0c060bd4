import assert from "node:assert/strict";
import { test } from "node:test";
import { toggled } from "../../../../../pwa/forms/renderer/controls/choose.tsx";
import { moved } from "../../../../../pwa/forms/renderer/controls/rank.tsx";
import { drawStroke } from "../../../../../pwa/forms/renderer/controls/signature.tsx";
import { numberOf } from "../../../../../pwa/forms/renderer/controls/text.tsx";
import { timeOf } from "../../../../../pwa/forms/renderer/controls/time.tsx";

test("numbers typed with spaces or a decimal comma are understood", () => {
  assert.equal(numberOf("1 250", true), "1250");
  assert.equal(numberOf("2,5", false), "2.5");
  assert.equal(numberOf("007", true), "7");
});

test("text that is no number is refused, and an empty box is no answer", () => {
  assert.equal(numberOf("2,5", true), undefined);
  assert.equal(numberOf("hai", false), undefined);
  assert.equal(numberOf("1.2.3", false), undefined);
  assert.equal(numberOf(" ", true), "");
});

test("hours alone mean the full hour, and no day has a 25th", () => {
  assert.equal(timeOf("8", ""), "08:00:00");
  assert.equal(timeOf("8", "05"), "08:05:00");
  assert.equal(timeOf("25", "00"), undefined);
  assert.equal(timeOf("", "30"), undefined);
  assert.equal(timeOf("", ""), "");
});

test("pressing a choice twice takes it out again, and the order is that of the list", () => {
  const order = ["a", "b", "c"];
  assert.equal(toggled("c", "a", order), "a c");
  assert.equal(toggled("a c", "a", order), "c");
});

test("a ranked choice moves by one place and not beyond the end", () => {
  assert.deepEqual(moved(["a", "b", "c"], 2, -1), ["a", "c", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, 1), ["b", "a", "c"]);
});

test("a single touch of the pad leaves a dot", () => {
  const drawn: string[] = [];
  const note = (name: string) => () => void drawn.push(name);
  const context = {
    beginPath: note("begin"),
    moveTo: note("move"),
    lineTo: note("line"),
    quadraticCurveTo: note("curve"),
    stroke: note("stroke"),
  };
  drawStroke(context, [[1, 1]]);
  assert.deepEqual(drawn, ["begin", "move", "line", "line", "stroke"]);
});
