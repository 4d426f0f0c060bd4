import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, finish, view } from "../../../../pwa/forms/engine/index.ts";
import { hiddenQuestion, keptAnswer, withAnswer } from "../../../../pwa/forms/renderer/reopened.ts";
import { opened } from "../engine/sample.ts";

const form = () =>
  opened({
    nodes: {
      "/data/why": { relevant: ["=", 1, 2], required: ["true"] },
      "/data/paper": { kind: "repeat" },
      "/data/paper/photo": { as: "upload", type: "binary" },
    },
  });

test("a question the form would hide is shown when it was asked for again", () => {
  const open = form();
  assert.equal(hiddenQuestion(open, "/data/why")?.ref, "/data/why");
  answer(open, "/data/why", "vì thế");
  const { answers } = finish(open);
  assert.equal("why" in answers, false);
  assert.equal(withAnswer(answers, "/data/why", "vì thế").why, "vì thế");
});

test("what is typed into it is read back, though the form reads it as blank", () => {
  const open = form();
  answer(open, "/data/why", "vì thế");
  assert.equal(view(open, "/data/why").value, "");
  assert.equal(keptAnswer(open, "/data/why"), "vì thế");
  assert.equal(keptAnswer(open, "/data/paper[2]/photo"), "");
});

test("a repeat grows until it holds the entry asked for", () => {
  const open = form();
  assert.equal(hiddenQuestion(open, "/data/paper[3]/photo")?.ref, "/data/paper[3]/photo");
  assert.equal(view(open, "/data/paper[3]/photo").value, "");
});

test("a reference the form does not know shows nothing", () => {
  assert.equal(hiddenQuestion(form(), "/data/none"), undefined);
  assert.equal(hiddenQuestion(form(), "/data/paper[1]"), undefined);
});

test("an answer is put where it belongs and the given answers stay as they were", () => {
  const given = { group: { a: "1" }, paper: [{ photo: "x.jpg" }] };
  const put = withAnswer(withAnswer(given, "/data/paper[3]/photo", "z.jpg"), "/data/group/b", "2");
  assert.deepEqual(put, {
    group: { a: "1", b: "2" },
    paper: [{ photo: "x.jpg" }, {}, { photo: "z.jpg" }],
  });
  assert.deepEqual(given, { group: { a: "1" }, paper: [{ photo: "x.jpg" }] });
});
