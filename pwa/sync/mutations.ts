/**
 * Send: from a draft to a sealed envelope in the journal. Works without a network and ends in one
 * strict write: once it resolves, the phone holds the mutation for sure, and delivery is the
 * journal's business (sync/queue.ts).
 */
import type { Answers } from "../forms/engine/definition.ts";
import { openDevice } from "../identity/device.ts";
import { base64url, digestOf, utf8 } from "../store/bytes.ts";
import { readCatalogue } from "../store/definitions.ts";
import { knownVersion, readDossier } from "../store/dossiers.ts";
import { checkedRow, type Draft, type Helper, inTurn, sealedRow } from "../store/drafts.ts";
import { commit, StoreError } from "../store/errors.ts";
import { dossierCode, instant, newId } from "../store/identifiers.ts";
import { profileOf } from "../store/people.ts";
import type { JournalRow, Profile } from "../store/records.ts";
import { withRoom } from "../store/reserve.ts";
import type { Store } from "../store/schema.ts";
import { announce } from "../store/watch.ts";
import { agencyKey, seal, signed } from "./envelope.ts";
import { draftPayload, type Payload } from "./payload.ts";
import { type ItemContent, itemOf, type JournalItem } from "./queue.ts";

/** Limits of docs/contracts.md §3. */
const LARGEST_SEALED = 256 * 1024;
const MOST_PAGES = 60;

/**
 * Puts a draft in line to be sent. The draft waits as "sent" until its item settles; an item of the
 * same draft that needed repair is replaced.
 * @param answers what the engine's `finish` gave
 * @param decides the item whose conflict a person has decided with these answers
 */
export function send(
  store: Store,
  draft: Draft,
  answers: Answers,
  decides?: string,
): Promise<JournalItem> {
  return inTurn(store, async () => {
    const base = await knownVersion(store, draft.dossier);
    const heading = { id: newId(), at: Date.now(), base, ...(decides && { decides }) };
    const row = await sealedItem(store, draftPayload(heading, draft, answers), draft.id);
    const draftRow = await sealedRow(store, draft);
    const next = await withRoom(store, async () => {
      const tx = store.db.transaction(["journal", "drafts"], "readwrite", { durability: "strict" });
      const journal = tx.objectStore("journal");
      const drafts = tx.objectStore("drafts");
      const checked = checkedRow(store, await drafts.get(draft.id), draftRow);
      const mended = (await journal.getAll()).filter((other) => other.draft === draft.id);
      await commit(tx, () => [
        drafts.put({ ...checked, state: "sent" }),
        journal.put(row),
        ...mended.map(({ id }) => journal.delete(id)),
      ]);
      return checked;
    });
    store.revisions.set(draft.id, next.revision);
    draft.state = "sent";
    announce("drafts");
    return told(store, row);
  });
}

/** Asks for a dossier to be withdrawn. @param reason in the person's words, written in `language` */
export function withdraw(
  store: Store,
  dossier: string,
  { reason, language }: { reason: string; language: string },
): Promise<JournalItem> {
  return inTurn(store, async () => {
    const view = await readDossier(store, dossier);
    if (!view) throw new StoreError("record-missing");
    const { version, procedure, form, commune, applicant } = view;
    const row = await sealedItem(
      store,
      {
        ...{ v: 1, id: newId(), kind: "dossier.withdraw", dossier, base: version },
        ...{ at: instant(Date.now()), language, procedure, form, commune },
        ...{ answers: {}, pages: [], applicant, helper: null, reason },
      },
      null,
    );
    const tx = store.db.transaction("journal", "readwrite", { durability: "strict" });
    await commit(tx, () => [tx.store.put(row)]);
    return told(store, row);
  });
}

function told(store: Store, row: JournalRow): Promise<JournalItem> {
  announce("journal");
  announce("sent");
  return itemOf(store, row);
}

async function sealedItem(
  store: Store,
  draft: Payload,
  draftId: string | null,
): Promise<JournalRow> {
  const catalogue = await readCatalogue(store.shared);
  if (!catalogue) throw new StoreError("catalogue-missing");
  const device = await openDevice(store);
  const helper = draft.helper && vouched(draft.helper, await profileOf(store));
  const payload = { ...draft, helper };
  const bytes = utf8(JSON.stringify(payload));
  const agency = agencyKey(catalogue);
  const signature = await signed(device, bytes);
  const sealed = await seal(agency, payload.id, signature);
  if (sealed.length > LARGEST_SEALED || payload.pages.length > MOST_PAGES) {
    throw new StoreError("mutation-too-large");
  }
  const { id, kind, dossier, procedure, applicant, pages } = payload;
  const content: ItemContent = { procedure, applicant: applicant.name };
  return {
    id,
    dossier,
    code: await dossierCode(dossier),
    draft: draftId,
    kind,
    state: "saved",
    createdAt: Date.now(),
    digest: await digestOf(bytes),
    device: device.id,
    envelope: { kid: agency.kid, sealed },
    textBytes: sealed.length,
    pages: pages.map(({ digest, length }) => ({ digest, length, sent: 0, upload: null })),
    verdict: null,
    receipt: null,
    reason: null,
    faults: [],
    attempts: 0,
    nextTryAt: 0,
    notBefore: 0,
    settledAt: null,
    sealed: await store.vault.seal(`journal/${id}`, content),
    theirs: null,
    signed: await store.vault.seal(`signed/${id}`, base64url(signature)),
  };
}

/** The helper is whoever is signed in here, whatever the draft was begun with. */
function vouched({ name, relation, authority }: Helper, profile: Profile | null): Helper {
  const ground = authority === undefined ? {} : { authority };
  return { name, relation, ...ground, ...(profile && { personId: profile.personId }) };
}
