/**
 * Catalogue, forms and resources from the server to the phone. After the first visit everything that
 * an open procedure needs is here, so that a form opens in a house without signal. A catalogue takes
 * the place of the one before only when all its forms have arrived; forms that a draft was begun with
 * are kept as long as the draft.
 */
import { type Answer, call, type Net, net, parsed } from "../api/client.ts";
import type { Catalogue } from "../api/contract.ts";
import { Unreachable } from "../api/problems.ts";
import type { Definition, Instance } from "../forms/engine/definition.ts";
import { type LoadedForm, resourcesOf } from "../forms/resources.ts";
import { type Translation, withTranslations } from "../forms/translations.ts";
import { digestOf, textOf } from "../store/bytes.ts";
import {
  hasPublished,
  keptCatalogue,
  type Published,
  readPublished,
  saveCatalogue,
  savePublished,
  sweep,
} from "../store/definitions.ts";
import { alone } from "../store/lock.ts";
import { openStore, type Shared, storeNames } from "../store/schema.ts";
import { announce } from "../store/watch.ts";
import { fetchMedia, sweepMedia } from "./media.ts";

/**
 * What anybody may read is asked for like the page itself: without the cookie the browser would open
 * a connection of its own for it, and could not use what the page's header has named.
 */
const AS_PAGE = { withLogin: true };

const FOLDER: Record<Published, string> = { definitions: "forms", resources: "resources" };

/**
 * Brings the catalogue up to date and everything it names. Throws Unreachable with the old one whole;
 * what was fetched stays, so the next try goes on from there.
 */
export function refreshCatalogue(shared: Shared, around: Net = net): Promise<Catalogue> {
  // Screens, rounds and tabs may ask at the same time: the second finds all there.
  return alone("hoso-catalogue", () => refresh(shared, around));
}

/**
 * Brings what the kept catalogue names and this phone lacks, without asking for a newer one: the round
 * that opening the app begins hears of that. No request where all is here. Throws as above.
 */
export function completeCatalogue(shared: Shared, around: Net = net): Promise<Catalogue> {
  return alone("hoso-catalogue", async () => {
    const kept = await keptCatalogue(shared);
    if (!kept || kept.etag === null) return refresh(shared, around);
    await fetchAll(shared, kept.catalogue, around);
    return kept.catalogue;
  });
}

async function refresh(shared: Shared, around: Net): Promise<Catalogue> {
  const before = await keptCatalogue(shared);
  const headers: Record<string, string> = before?.etag ? { "If-None-Match": before.etag } : {};
  const answer = await call(around, "/catalogue", { ...AS_PAGE, headers, allow: [304] });
  if (answer.status === 304 && before) {
    await fetchAll(shared, before.catalogue, around);
    return before.catalogue;
  }
  const catalogue = checkedCatalogue(answer);
  const kept = { catalogue, etag: answer.headers.get("ETag") };
  if (before) {
    // New keys count at once: receipts and envelopes need them.
    const { agencyKeys, receiptKeys, pushKey } = catalogue;
    const mixed = { ...before.catalogue, agencyKeys, receiptKeys, pushKey };
    await saveCatalogue(shared, { catalogue: mixed, etag: null });
  } else {
    await saveCatalogue(shared, kept);
    announce("catalogue");
  }
  await fetchAll(shared, catalogue, around);
  await saveCatalogue(shared, kept);
  announce("catalogue");
  await sweepForms(shared, catalogue);
  return catalogue;
}

/**
 * A form from the phone, or from the network when it is not here yet.
 * @param language whose words are worth waiting for; without them the form speaks its own
 */
export async function loadForm(
  shared: Shared,
  digest: string,
  language = "",
  around: Net = net,
): Promise<LoadedForm> {
  await fetchPublished(shared, "definitions", digest, around);
  const served = await readPublished<Definition>(shared, "definitions", digest);
  if (!served) throw new Unreachable("network-garbled");
  const definition = await translated(shared, served, language, around);
  const resources: Record<string, Instance> = {};
  const named = resourcesOf(definition);
  await all(named.map((one) => fetchPublished(shared, "resources", one, around)));
  for (const one of named) {
    const resource = await readPublished<Instance>(shared, "resources", one);
    if (resource) resources[one] = resource;
  }
  return { definition, resources };
}

/** With the words of all languages that are here. */
async function translated(
  shared: Shared,
  served: Definition,
  language: string,
  around: Net,
): Promise<Definition> {
  const files: Record<string, Translation> = {};
  for (const [code, digest] of Object.entries(served.translations ?? {})) {
    if (code === language) {
      await fetchPublished(shared, "resources", digest, around).catch(() => undefined);
    }
    const file = await readPublished<Translation>(shared, "resources", digest);
    if (file) files[code] = file;
  }
  return withTranslations(served, files);
}

/** The form opens without a network. */
export async function isReadyOffline(shared: Shared, digest: string): Promise<boolean> {
  const definition = await readPublished<Definition>(shared, "definitions", digest);
  if (!definition) return false;
  const needed = resourcesOf(definition).map((name) => hasPublished(shared, "resources", name));
  return (await Promise.all(needed)).every(Boolean);
}

function checkedCatalogue(answer: Answer): Catalogue {
  const catalogue = parsed(answer) as Partial<Catalogue> | null;
  const isCatalogue =
    catalogue?.v === 1 &&
    Array.isArray(catalogue.procedures) &&
    Array.isArray(catalogue.agencyKeys) &&
    Array.isArray(catalogue.receiptKeys);
  if (!isCatalogue) throw new Unreachable("network-garbled");
  return catalogue as Catalogue;
}

async function fetchAll(shared: Shared, { procedures }: Catalogue, around: Net): Promise<void> {
  for (const { form, resources, isOpen } of procedures) {
    if (!isOpen) continue;
    // One form at a time, its parts together: far from a mast each answer is long on its way.
    await all([
      fetchPublished(shared, "definitions", form, around),
      ...resources.map((digest) => fetchPublished(shared, "resources", digest, around)),
    ]);
  }
  for (const { form, isOpen } of procedures) {
    const definition = isOpen && (await readPublished<Definition>(shared, "definitions", form));
    if (!definition) continue;
    for (const digest of Object.values(definition.translations ?? {})) {
      await fetchPublished(shared, "resources", digest, around);
    }
    await fetchMedia(definition, around);
  }
}

async function fetchPublished(
  shared: Shared,
  kind: Published,
  digest: string,
  around: Net,
): Promise<void> {
  if (await hasPublished(shared, kind, digest)) return;
  // Whoever opens a form while it is on its way waits for it instead of asking once more.
  await alone(`hoso-file-${digest}`, async () => {
    if (await hasPublished(shared, kind, digest)) return;
    const { bytes } = await call(around, `/${FOLDER[kind]}/${digest}.json`, AS_PAGE);
    // The name is the check: a portal's page or half a file never gets in.
    const isWhole = (await digestOf(new Uint8Array(bytes))) === digest;
    if (!isWhole) throw new Unreachable("network-garbled");
    await savePublished(shared, kind, digest, textOf(bytes));
  });
}

/** Waits for all, then throws what the first that failed threw: what else arrived stays. */
async function all(parts: readonly Promise<void>[]): Promise<void> {
  const failures: unknown[] = [];
  await Promise.all(parts.map((part) => part.catch((error: unknown) => failures.push(error))));
  if (failures.length > 0) throw failures[0];
}

async function sweepForms(shared: Shared, { procedures }: Catalogue): Promise<void> {
  const forms = new Set(procedures.map(({ form }) => form));
  for (const name of await storeNames(shared)) {
    const store = await openStore(shared, name);
    for (const { form } of await store.db.getAll("drafts")) forms.add(form);
    // A supplement may ask again for any dossier that is still here.
    for (const { form } of await store.db.getAll("dossiers")) forms.add(form);
    store.db.close();
  }
  const resources = new Set(procedures.flatMap((procedure) => procedure.resources));
  const definitions: Definition[] = [];
  for (const form of forms) {
    const definition = await readPublished<Definition>(shared, "definitions", form);
    if (!definition) continue;
    definitions.push(definition);
    const named = resourcesOf(definition).concat(Object.values(definition.translations ?? {}));
    for (const digest of named) resources.add(digest);
  }
  await sweep(shared, "definitions", forms);
  await sweep(shared, "resources", resources);
  await sweepMedia(definitions);
}
