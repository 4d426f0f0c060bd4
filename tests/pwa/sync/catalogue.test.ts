import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import type { Fetch } from "../../../pwa/api/client.ts";
import type { Catalogue, Procedure } from "../../../pwa/api/contract.ts";
import { readCatalogue } from "../../../pwa/store/definitions.ts";
import { createDraft, removeDraft } from "../../../pwa/store/drafts.ts";
import {
  completeCatalogue,
  isReadyOffline,
  loadForm,
  refreshCatalogue,
} from "../../../pwa/sync/catalogue.ts";
import { catalogue, freshPhone, newDraft, ownStore, withLocks } from "../store/phone.ts";
import { json } from "./server.ts";

freshPhone();

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** Published files by digest, a catalogue with its tag, and what was asked for. */
class Publisher {
  files = new Map<string, string>();
  current: Catalogue = catalogue();
  asked: string[] = [];
  broken = new Set<string>();

  publish(file: object): string {
    const text = JSON.stringify(file);
    const digest = digestOf(text);
    this.files.set(digest, text);
    return digest;
  }

  /** A form in Vietnamese with its English words in a file of their own. */
  bilingual(): { form: string; english: string } {
    const english = this.publish({ gaps: [1], texts: ["Birth registration"] });
    const title = "Đăng ký khai sinh";
    const form = this.publish({
      ...{ hoso: 1, version: "1", title, languages: ["vi", "en"], instances: {} },
      translations: { en: english },
    });
    return { form, english };
  }

  /** A form that refers to one resource. */
  form(version: string): { form: string; resource: string } {
    const resource = this.publish({ columns: ["name"], values: [[version]] });
    const instances = { communes: { resource } };
    return { form: this.publish({ hoso: 1, version, instances }), resource };
  }

  offer(digest: string, ...procedures: Partial<Procedure>[]): void {
    const all = procedures.map((one) => ({ isOpen: true, resources: [], ...one })) as Procedure[];
    this.current = catalogue({ digest, procedures: all });
  }

  net = {
    now: () => 0,
    fetch: (async (path, { headers }) => {
      this.asked.push(path);
      if (this.broken.has(path)) throw new TypeError("connection reset");
      if (path === "/catalogue") {
        const etag = `"${this.current.digest}"`;
        const known = (headers as Record<string, string>)["If-None-Match"];
        return known === etag
          ? new Response(null, { status: 304 })
          : json(this.current, { ETag: etag });
      }
      const text = this.files.get(/([0-9a-f]{64})\.json$/.exec(path)?.[1] ?? "");
      return new Response(text ?? "", {
        status: text === undefined ? 404 : 200,
        headers: { "Content-Type": "application/json" },
      });
    }) as Fetch,
  };
}

function published() {
  const server = new Publisher();
  const { form, resource } = server.form("1");
  server.offer("c1", { code: "1.001193", form, resources: [resource] });
  return { server, form, resource };
}

test("after the first visit every open procedure's form opens without a network", async () => {
  const { shared } = await ownStore();
  const { server, form, resource } = published();
  await refreshCatalogue(shared, server.net);
  server.broken.add(`/forms/${form}.json`);
  assert.equal(await isReadyOffline(shared, form), true);
  const loaded = await loadForm(shared, form, "vi", server.net);
  assert.equal(loaded.definition.version, "1");
  assert.deepEqual(Object.keys(loaded.resources), [resource]);
});

test("asking again costs one small request when nothing changed", async () => {
  const { shared } = await ownStore();
  const { server } = published();
  await refreshCatalogue(shared, server.net);
  server.asked.length = 0;
  await refreshCatalogue(shared, server.net);
  assert.deepEqual(server.asked, ["/catalogue"]);
});

test("opening the app asks for nothing that is here, and for what is not", async () => {
  const { shared } = await ownStore();
  const { server, form } = published();
  await completeCatalogue(shared, server.net);
  server.asked.length = 0;
  await completeCatalogue(shared, server.net);
  assert.deepEqual(server.asked, []);
  await shared.delete("definitions", form);
  await completeCatalogue(shared, server.net);
  assert.deepEqual(server.asked, [`/forms/${form}.json`]);
});

test("a change of catalogue that was cut goes on when the app is opened", async () => {
  const { shared } = await ownStore();
  const { server } = published();
  await refreshCatalogue(shared, server.net);
  const next = server.form("2");
  server.offer("c2", { form: next.form, resources: [next.resource] });
  server.broken.add(`/forms/${next.form}.json`);
  await assert.rejects(refreshCatalogue(shared, server.net), { code: "network-none" });
  server.broken.clear();
  await completeCatalogue(shared, server.net);
  assert.equal((await readCatalogue(shared))?.digest, "c2");
  assert.equal(await isReadyOffline(shared, next.form), true);
});

test("a first visit that is cut shows the catalogue and goes on where it stopped", async () => {
  const { shared } = await ownStore();
  const { server, form, resource } = published();
  server.broken.add(`/resources/${resource}.json`);
  await assert.rejects(refreshCatalogue(shared, server.net), { code: "network-none" });
  assert.equal((await readCatalogue(shared))?.digest, "c1");
  assert.equal(await isReadyOffline(shared, form), false);
  server.broken.clear();
  server.asked.length = 0;
  await refreshCatalogue(shared, server.net);
  assert.deepEqual(server.asked, ["/catalogue", `/resources/${resource}.json`]);
  assert.equal(await isReadyOffline(shared, form), true);
});

test("a new catalogue takes over only when its forms are here, its keys at once", async () => {
  const { shared } = await ownStore();
  const { server, form } = published();
  await refreshCatalogue(shared, server.net);
  const next = server.form("2");
  server.offer("c2", { code: "1.001193", form: next.form, resources: [next.resource] });
  server.current.pushKey = "new-key";
  server.broken.add(`/forms/${next.form}.json`);
  await assert.rejects(refreshCatalogue(shared, server.net), { code: "network-none" });
  const kept = await readCatalogue(shared);
  assert.equal(kept?.digest, "c1");
  assert.equal(kept?.procedures[0]?.form, form);
  assert.equal(kept?.pushKey, "new-key");
  server.broken.clear();
  assert.equal((await refreshCatalogue(shared, server.net)).digest, "c2");
  assert.equal((await readCatalogue(shared))?.procedures[0]?.form, next.form);
});

test("an old form stays while a draft uses it, with its resources, and goes after", async () => {
  const { shared, store } = await ownStore();
  const { server, form, resource } = published();
  await refreshCatalogue(shared, server.net);
  const draft = await createDraft(store, newDraft({ form }));
  const second = server.form("2");
  server.offer("c2", { form: second.form, resources: [second.resource] });
  await refreshCatalogue(shared, server.net);
  assert.equal(await isReadyOffline(shared, form), true);
  assert.ok(await shared.get("resources", resource));
  await removeDraft(store, draft.id);
  server.offer("c3", { form: second.form, resources: [second.resource] });
  await refreshCatalogue(shared, server.net);
  assert.equal(await isReadyOffline(shared, form), false);
  assert.equal(await shared.get("resources", resource), undefined);
  assert.equal(await isReadyOffline(shared, second.form), true);
});

test("a file that does not have the digest it is named by is not taken", async () => {
  const { shared } = await ownStore();
  const { server, form } = published();
  server.files.set(form, '<html>"Đăng nhập Wi-Fi"</html>');
  await assert.rejects(refreshCatalogue(shared, server.net), { code: "network-garbled" });
  assert.equal(await isReadyOffline(shared, form), false);
});

test("a form that is not here yet is fetched when it is opened", async () => {
  const { shared } = await ownStore();
  const { server, form } = published();
  const loaded = await loadForm(shared, form, "vi", server.net);
  assert.equal(loaded.definition.version, "1");
  assert.equal(await isReadyOffline(shared, form), true);
});

test("closed procedures are not fetched", async () => {
  const { shared } = await ownStore();
  const { server, form } = published();
  server.offer("c1", { form, isOpen: false });
  await refreshCatalogue(shared, server.net);
  assert.deepEqual(server.asked, ["/catalogue"]);
});

test("words in other languages come after all that filling needs, and stay with their form", async () => {
  const { shared } = await ownStore();
  const server = new Publisher();
  const [{ form, english }, other] = [server.bilingual(), server.form("2")];
  const procedures = [{ form }, { form: other.form, resources: [other.resource] }];
  server.offer("c1", ...procedures);
  await refreshCatalogue(shared, server.net);
  assert.equal(server.asked.at(-1), `/resources/${english}.json`);
  server.offer("c2", ...procedures);
  await refreshCatalogue(shared, server.net);
  const { definition } = await loadForm(shared, form, "vi", server.net);
  assert.deepEqual(definition.title, { vi: "Đăng ký khai sinh", en: "Birth registration" });
});

test("a form waits for the words of the person's language alone, and opens without them", async () => {
  const { shared } = await ownStore();
  const server = new Publisher();
  const { form, english } = server.bilingual();
  await loadForm(shared, form, "vi", server.net);
  assert.deepEqual(server.asked, [`/forms/${form}.json`]);
  server.broken.add(`/resources/${english}.json`);
  const untranslated = await loadForm(shared, form, "en", server.net);
  assert.equal(untranslated.definition.title, "Đăng ký khai sinh");
  server.broken.clear();
  const { definition } = await loadForm(shared, form, "en", server.net);
  assert.deepEqual(definition.title, { vi: "Đăng ký khai sinh", en: "Birth registration" });
});

test("a form opened while it is on its way is not asked for once more", async () => {
  const { shared } = await ownStore();
  const { server, form, resource } = published();
  const restore = withLocks();
  try {
    const opened = () => loadForm(shared, form, "vi", server.net);
    await Promise.all([refreshCatalogue(shared, server.net), opened()]);
  } finally {
    restore();
  }
  assert.deepEqual([...server.asked].sort(), [
    "/catalogue",
    ...[`/forms/${form}.json`, `/resources/${resource}.json`].sort(),
  ]);
});
