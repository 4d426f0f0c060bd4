import assert from "node:assert/strict";
import { test } from "node:test";
import { Drawing } from "../../../pwa/shell/drawing.ts";

class Answered extends Drawing {
  override answered(): void {
    super.answered();
  }
}

function watched(): { drawing: Answered; drawn: string[]; leave: () => void } {
  const drawn: string[] = [];
  const drawing = new Answered(() => drawn.push("all"));
  const leave = drawing.watch(() => drawn.push("question"));
  return { drawing, drawn, leave };
}

const soon = (): Promise<void> => Promise.resolve().then(() => undefined);

test("an answer is looked at by the questions alone while all around them reads the same", async () => {
  const { drawing, drawn } = watched();
  drawing.stage(() => "About the child");
  drawing.answered();
  await soon();
  assert.deepEqual(drawn, ["question"]);
});

test("what stands around the questions is drawn again once it reads otherwise", async () => {
  const { drawing, drawn } = watched();
  let title = "About the child";
  drawing.stage(() => title);
  title = "About Lò Thị Mẫu";
  drawing.answered();
  await soon();
  assert.deepEqual(drawn, ["all"]);
});

test("an answer in several steps is looked at once, after the last", async () => {
  const { drawing, drawn } = watched();
  drawing.stage(() => "");
  drawing.answered();
  drawing.answered();
  assert.deepEqual(drawn, []);
  await soon();
  assert.deepEqual(drawn, ["question"]);
  drawing.answered();
  await soon();
  assert.deepEqual(drawn, ["question", "question"]);
});

test("a screen that is more than questions is drawn whole, and so is one that came in between", async () => {
  const { drawing, drawn } = watched();
  drawing.answered();
  assert.deepEqual(drawn, ["all"]);
  const leave = drawing.stage(() => "");
  drawing.answered();
  leave?.();
  await soon();
  assert.deepEqual(drawn, ["all", "all"]);
});

test("a question that has left the screen looks no more", async () => {
  const { drawing, drawn, leave } = watched();
  drawing.stage(() => "");
  leave();
  drawing.answered();
  await soon();
  assert.deepEqual(drawn, []);
});
