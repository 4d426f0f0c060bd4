import assert from "node:assert/strict";
import { test } from "node:test";
import { vietnamese } from "../../../pwa/language/vi.ts";
import type { Filling } from "../../../pwa/shell/filling.ts";
import { openDraft } from "../../../pwa/shell/opening.ts";
import { savePublished } from "../../../pwa/store/definitions.ts";
import { createDraft, readDraft } from "../../../pwa/store/drafts.ts";
import type { Store } from "../../../pwa/store/schema.ts";
import { $, define } from "../forms/engine/sample.ts";
import { freshPhone, newDraft, ownStore, photo } from "../store/phone.ts";

freshPhone();

const AT_SCHOOL = ["=", $("/data/age"), 6] as never;
const DEFINITION = define({
  nodes: {
    "/data/name": { as: "input", type: "string", required: ["true"], label: "Họ và tên" },
    "/data/age": { as: "input", type: "int", label: "Tuổi" },
    "/data/paper": { as: "upload", type: "binary", label: "Giấy chứng sinh" },
    "/data/why": { as: "input", type: "string", relevant: ["=", 1, 2], label: "Vì sao" },
    "/data/school": { as: "input", type: "string", relevant: AT_SCHOOL, label: "Trường" },
    "/data/declare": { as: "trigger", type: "string", required: ["true"], label: "Cam đoan" },
  },
});
const FORM = "f".repeat(64);

async function begin(
  supplement?: { path: string; kind: "question" | "page" }[],
): Promise<{ filling: Filling; store: Store }> {
  const { shared, store } = await ownStore();
  await savePublished(shared, "definitions", FORM, JSON.stringify(DEFINITION));
  const asked = supplement && { supplement: { id: "s", sentence: "Ảnh mờ", items: supplement } };
  const draft = await createDraft(store, newDraft({ form: FORM, answers: null, ...asked }));
  return { filling: await reopen(store, draft.id), store };
}

async function reopen(
  store: Store,
  id: string,
  changed: () => void = () => undefined,
): Promise<Filling> {
  const fail = (error: unknown): void => assert.fail(String(error));
  const filling = await openDraft(store, id, "vi", changed, fail);
  assert.ok(filling);
  return filling;
}

const answerAt = (filling: Filling, ref: string): string => {
  const item = filling
    .walk()
    .pages.flatMap((page) => page.items)
    .find((one) => one.ref === ref);
  assert.ok(item, ref);
  return filling.question(item).value;
};

test("every answer is on the phone a moment after it was given", async () => {
  const { filling, store } = await begin();
  filling.set("/data/name", "Lò Thị Mẫu");
  filling.stand("/data/age");
  await filling.settle();
  const again = await reopen(store, filling.draft.id);
  assert.equal(answerAt(again, "/data/name"), "Lò Thị Mẫu");
  assert.equal(again.draft.position, "/data/age");
});

test("who types without a pause has it on the phone all the same", async () => {
  const { filling, store } = await begin();
  let typed = "";
  const kept = async (): Promise<unknown> => (await readDraft(store, filling.draft.id))?.answers;
  for (let letters = 0; (await kept()) === null; letters++) {
    assert.ok(letters < 60, "nothing is kept after six seconds of typing");
    typed += "a";
    filling.set("/data/name", typed);
    await new Promise((next) => setTimeout(next, 100));
  }
  await filling.settle();
});

test("nothing is called wrong before the person has tried to go on", async () => {
  const { filling } = await begin();
  const [first] = filling.walk().pages;
  const item = first?.items[0];
  assert.ok(item);
  assert.equal(filling.faultOf(filling.question(item), vietnamese), null);
  assert.deepEqual(filling.tell([item]), ["/data/name"]);
  assert.equal(filling.faultOf(filling.question(item), vietnamese), vietnamese.faults.required);
  filling.set("/data/name", "Lò Thị Mẫu");
  assert.equal(filling.faultOf(filling.question(item), vietnamese), null);
  await filling.settle();
});

test("text that is no value yet stops the way until it is mended", async () => {
  const { filling } = await begin();
  const item = filling.walk().pages[1]?.items[0];
  assert.ok(item);
  filling.refuse("/data/age", "Hãy ghi số tròn");
  assert.deepEqual(filling.tell([item]), ["/data/age"]);
  assert.equal(filling.faultOf(filling.question(item), vietnamese), "Hãy ghi số tròn");
  filling.refuse("/data/age", null);
  assert.deepEqual(filling.tell([item]), []);
});

test("the declaration is asked beside Send and is no fault before", async () => {
  const { filling } = await begin();
  assert.equal(filling.walk().declaration?.ref, "/data/declare");
  assert.deepEqual(
    filling.faults().map((fault) => fault.ref),
    ["/data/name"],
  );
});

test("a photo taken again takes the place of the one before", async () => {
  const { filling, store } = await begin();
  const blob = photo(900);
  await filling.host.keepDrawing("/data/paper", { blob, width: 2, height: 2 });
  const before = answerAt(filling, "/data/paper");
  await filling.host.keepDrawing("/data/paper", { blob, width: 2, height: 2 });
  const draft = await readDraft(store, filling.draft.id);
  assert.deepEqual(
    draft?.pages.map((page) => page.name),
    [answerAt(filling, "/data/paper")],
  );
  assert.notEqual(answerAt(filling, "/data/paper"), before);
  await filling.host.dropPage("/data/paper");
  assert.deepEqual((await readDraft(store, filling.draft.id))?.pages, []);
});

test("a supplement shows what was asked for, even what the form would hide, and wants it answered", async () => {
  const { filling } = await begin([
    { path: "/data/why", kind: "question" },
    { path: "/data/age", kind: "question" },
  ]);
  assert.deepEqual(
    filling.walk().pages.map((page) => page.key),
    ["/data/age", "/data/why"],
  );
  assert.equal(filling.walk().declaration, undefined);
  assert.deepEqual(filling.faults(), [{ ref: "/data/why", kind: "required" }]);
  filling.set("/data/why", "Vì giấy cũ bị rách");
  assert.deepEqual(filling.faults(), []);
  assert.equal(filling.answers().why, "Vì giấy cũ bị rách");
  await filling.settle();
});

test("an answer is the business of the questions, one that brings another that of the screen", async () => {
  const { filling: first, store } = await begin();
  const drawn: string[] = [];
  const filling = await reopen(store, first.draft.id, () => drawn.push("screen"));
  filling.watch(() => drawn.push("question"));
  const leave = filling.stage(() => "");
  const answered = async (age: string): Promise<string[]> => {
    filling.set("/data/age", age);
    await Promise.resolve();
    return drawn.splice(0);
  };
  assert.deepEqual(await answered("5"), ["question"]);
  assert.deepEqual(await answered("6"), ["screen"]);
  leave?.();
  assert.deepEqual(await answered("7"), ["screen"]);
  await filling.settle();
});

test("a supplement is drawn whole, for it shows what the form hides", async () => {
  const { filling } = await begin([{ path: "/data/why", kind: "question" }]);
  assert.equal(
    filling.stage(() => ""),
    undefined,
  );
});

test("a form that speaks the language already is left as it stands", async () => {
  let drawn = 0;
  const { filling: first, store } = await begin();
  const filling = await openDraft(
    store,
    first.draft.id,
    "vi",
    () => drawn++,
    () => undefined,
  );
  const before = filling?.walk();
  filling?.speak("vi");
  assert.equal(drawn, 0);
  assert.equal(filling?.walk(), before);
  filling?.speak("en");
  assert.equal(drawn, 1);
  assert.equal(filling?.draft.language, "en");
});

const HOUSEHOLD = define({
  languages: ["vi", "en"],
  nodes: {
    "/data/m": { as: "repeat", kind: "repeat", initial: [], label: "Người trong nhà" },
    "/data/m/name": { as: "input", type: "string", label: { vi: "Họ tên", en: "Name" } },
  },
});

async function household(): Promise<{ filling: Filling; store: Store }> {
  const { shared, store } = await ownStore();
  await savePublished(shared, "definitions", FORM, JSON.stringify(HOUSEHOLD));
  const draft = await createDraft(store, newDraft({ form: FORM, answers: null }));
  return { filling: await reopen(store, draft.id), store };
}

const keys = (filling: Filling): string[] => filling.walk().pages.map((page) => page.key);

test("an entry that was made ready is added as any other, and is kept", async () => {
  const { filling, store } = await household();
  filling.addEntry("/data/m");
  const ahead = await filling.ahead("/data/m");
  assert.deepEqual(keys(filling), ["/data/m[1]/name", "/data/m[]"], "nothing is added yet");
  assert.equal(filling.addEntry("/data/m"), "/data/m[2]");
  assert.deepEqual(keys(filling), ["/data/m[1]/name", "/data/m[2]/name", "/data/m[]"]);
  assert.equal(filling.walk().pages[1], ahead?.page, "what was drawn is what is shown");
  filling.set("/data/m[2]/name", "Vàng Văn Ví Dụ");
  await filling.settle();
  const again = await reopen(store, filling.draft.id);
  assert.equal(answerAt(again, "/data/m[2]/name"), "Vàng Văn Ví Dụ");
  assert.deepEqual(keys(again), keys(filling));
});

test("what was made ready counts for nothing once something else has changed", async () => {
  const { filling } = await household();
  filling.addEntry("/data/m");
  filling.addEntry("/data/m");
  await filling.ahead("/data/m");
  filling.removeEntry("/data/m[1]");
  assert.equal(filling.addEntry("/data/m"), "/data/m[2]");
  await filling.ahead("/data/m");
  filling.set("/data/m[1]/name", "Lò Thị Mẫu");
  assert.equal(filling.addEntry("/data/m"), "/data/m[3]");
  assert.equal(answerAt(filling, "/data/m[1]/name"), "Lò Thị Mẫu");
  await filling.settle();
});

test("an entry that was made ready speaks every language chosen later", async () => {
  const { filling } = await household();
  await filling.ahead("/data/m");
  filling.addEntry("/data/m");
  filling.speak("en");
  assert.equal(filling.walk().pages[0]?.title, "Name");
  await filling.ahead("/data/m");
  filling.speak("vi");
  filling.addEntry("/data/m");
  assert.equal(filling.walk().pages[1]?.title, "Họ tên");
  await filling.settle();
});

test("a supplement makes nothing ready", async () => {
  const { filling } = await begin([{ path: "/data/why", kind: "question" }]);
  assert.equal(await filling.ahead("/data/m"), undefined);
});
