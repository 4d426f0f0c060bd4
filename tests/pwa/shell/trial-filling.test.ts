// A form is tried out of the page it came with, kept nowhere, and goes on in another language.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, test } from "node:test";
import { vietnamese } from "../../../pwa/language/vi.ts";
import type { Filling } from "../../../pwa/shell/filling.ts";
import { Trial } from "../../../pwa/shell/trial-filling.ts";
import { define } from "../forms/engine/sample.ts";

const DIGEST = "f".repeat(64);
const WORDS = "e".repeat(64);
const DEFINITION = {
  ...define({
    nodes: {
      "/data/name": { as: "input", type: "string", required: ["true"], label: "Họ và tên" },
      "/data/paper": { as: "upload", type: "binary", label: "Giấy chứng sinh" },
    },
  }),
  languages: ["vi", "en"],
  title: "Khai báo",
};

/** What stands in the page, and what the server has, by digest. */
const inPage = new Map<string, string>();
const atServer = new Map<string, string>();
const asked: string[] = [];
Object.assign(globalThis, {
  document: {
    getElementById: (id: string) => {
      const text = inPage.get(id.replace("file-", ""));
      return text === undefined ? null : { textContent: text };
    },
  },
  fetch: async (address: string) => {
    asked.push(address);
    const found = atServer.get(/\w{64}/.exec(address)?.[0] ?? "");
    const body = found ?? JSON.stringify({ code: "not-found" });
    const headers = { "Content-Type": "application/json" };
    return new Response(body, { status: found === undefined ? 404 : 200, headers });
  },
});

beforeEach(() => {
  inPage.clear();
  atServer.clear();
  asked.length = 0;
});

const nothing = (): void => undefined;
const labels = (filling: Filling): string[] =>
  filling.walk().pages.flatMap((page) => page.items.map(({ label }) => label));

test("a form that stands in the page is opened without a request", async () => {
  inPage.set(DIGEST, JSON.stringify(DEFINITION));
  const filling = await new Trial(DIGEST, nothing).in("vi");
  assert.deepEqual(labels(filling), ["Họ và tên", "Giấy chứng sinh"]);
  assert.equal(filling.draft.procedure, "Khai báo");
  assert.deepEqual(asked, []);
});

test("a form that the page did not bring is fetched, and is what its name says", async () => {
  const text = JSON.stringify(DEFINITION);
  const digest = createHash("sha256").update(text).digest("hex");
  atServer.set(digest, text).set(DIGEST, text);
  const filling = await new Trial(digest, nothing).in("vi");
  assert.equal(labels(filling).length, 2);
  assert.deepEqual(asked, [`/forms/${digest}.json`]);
  await assert.rejects(new Trial(DIGEST, nothing).in("vi"), { code: "network-garbled" });
});

test("a form that nobody has is told by its code", async () => {
  await assert.rejects(new Trial(DIGEST, nothing).in("vi"), { code: "not-found" });
});

test("answers and pictures stay when the language changes, and its words are fetched then", async () => {
  const words = JSON.stringify({ gaps: [1], texts: ["Declaration"] });
  const named = createHash("sha256").update(words).digest("hex");
  atServer.set(named, words);
  const translations = { en: named };
  inPage.set(DIGEST, JSON.stringify({ ...DEFINITION, translations }));
  const trial = new Trial(DIGEST, nothing);
  const first = await trial.in("vi");
  first.set("/data/name", "Lò Thị Mẫu");
  await first.host.keepDrawing("/data/paper", { blob: new Blob(["x"]), width: 1, height: 1 });
  assert.deepEqual(asked, []);
  const second = await trial.in("en");
  assert.deepEqual(asked, [`/resources/${named}.json`]);
  assert.equal(second.draft.procedure, "Declaration");
  const [name = ""] = second.draft.pages.map((page) => page.name);
  assert.deepEqual(second.answers(), { ...second.answers(), name: "Lò Thị Mẫu", paper: name });
  assert.equal(await (await second.host.preview(name)).text(), "x");
  assert.deepEqual(second.faults(), []);
});

test("words that are not to be had leave the form in its own", async () => {
  inPage.set(DIGEST, JSON.stringify({ ...DEFINITION, translations: { en: WORDS } }));
  const filling = await new Trial(DIGEST, nothing).in("en");
  assert.deepEqual(labels(filling), ["Họ và tên", "Giấy chứng sinh"]);
});

test("what is wrong is told as in any form", async () => {
  inPage.set(DIGEST, JSON.stringify(DEFINITION));
  const filling = await new Trial(DIGEST, nothing).in("vi");
  const [page] = filling.walk().pages;
  assert.ok(page?.items[0]);
  assert.deepEqual(filling.tell(page.items), ["/data/name"]);
  const question = filling.question(page.items[0]);
  assert.equal(filling.faultOf(question, vietnamese), vietnamese.faults.required);
});
