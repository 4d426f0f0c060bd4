import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { readDossier } from "../../../pwa/store/dossiers.ts";
import { FORM, freshPhone } from "../store/phone.ts";
import { onlyItem, phoneAndServer, sent } from "./delivery.ts";
import { json } from "./server.ts";

freshPhone();

interface Case {
  by: string;
  settles: boolean;
  reply: object;
}

const { replies } = JSON.parse(readFileSync("tests/vectors/versions.json", "utf8")) as {
  replies: Case[];
};

for (const { by, settles, reply } of replies) {
  test(`this app and ${by}`, async () => {
    const { store, server, round } = await phoneAndServer();
    const { item } = await sent(store);
    server.after = async ({ path, body }, response) => {
      if (path !== "/sync" || (body as { envelopes: [] }).envelopes.length === 0) return response;
      const { verdicts } = (await response.json()) as { verdicts: { receipt: string }[] };
      const filled = JSON.stringify(reply)
        .replace(/\{id\}/g, item.id)
        .replace(/\{dossier\}/g, item.dossier)
        .replace(/\{form\}/g, FORM)
        .replace(/\{receipt\}/g, verdicts[0]?.receipt ?? "");
      return json(JSON.parse(filled));
    };
    await round();
    const after = await onlyItem(store);
    assert.equal(after.state, settles ? "settled" : "queued");
    if (settles) assert.ok(await readDossier(store, item.dossier));
    else assert.ok(await store.db.get("drafts", item.draft ?? ""), "nothing is lost");
    // The same server, or this app, is brought up to date.
    server.after = (_, response) => response;
    await round();
    assert.equal((await onlyItem(store)).state, "settled");
  });
}
