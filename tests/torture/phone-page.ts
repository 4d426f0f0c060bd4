/**
 * What the torture runs inside the app's own page: a person's Send without the tapping before it.
 * Draft, pages, sealing and journal are the app's own code over its own store; what delivers is the
 * app that is open in the same page, and its worker.
 */
import { addPage } from "../../pwa/store/blobs.ts";
import { createDraft } from "../../pwa/store/drafts.ts";
import { openShared, openStore, type Store } from "../../pwa/store/schema.ts";
import { send } from "../../pwa/sync/mutations.ts";
import { rows } from "../../pwa/sync/queue.ts";

/** One submission; `photos` holds the size in bytes of the page of each photo question. */
interface Plan {
  dossier: string;
  procedure: string;
  commune: string;
  form: string;
  name: string;
  photos: Record<string, number>;
}

/** A journal row as the model compares it. */
interface Told {
  dossier: string;
  state: string;
  reason: string | null;
  pages: number;
}

/** Resolves once the phone holds the mutation for sure. Rejects as the app's screens would hear it. */
async function submit(plan: Plan): Promise<void> {
  await withStore(async (store) => {
    const { dossier, procedure, commune, form, name } = plan;
    const draft = await createDraft(store, {
      ...{ dossier, procedure, commune, form, language: "vi", helper: null, answers: {} },
      applicant: { name, phone: "0912345678" },
    });
    const pages: Record<string, string> = {};
    for (const [question, size] of Object.entries(plan.photos)) {
      const picture = { blob: photo(size), width: 30, height: 40 };
      const page = await addPage(store, draft, `/data/giay_to/${question}`, picture);
      pages[question] = page.name;
    }
    const answers = {
      ...{ _procedure: procedure, _commune: commune, ho_ten: name, ngay_sinh: "2001-02-03" },
      chao: `Chào ${name}`,
      ...(Object.keys(pages).length > 0 && { giay_to: pages }),
    };
    await send(store, draft, answers);
  });
}

/** The whole journal of this phone. */
function journal(): Promise<Told[]> {
  return withStore(async (store) =>
    (await rows(store)).map(({ dossier, state, reason, pages }) => ({
      ...{ dossier, state, reason },
      pages: pages.length,
    })),
  );
}

async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const shared = await openShared();
  const store = await openStore(shared);
  try {
    return await work(store);
  } finally {
    store.db.close();
    shared.close();
  }
}

/** Bytes that begin as a photo does and are like no other's. */
function photo(size: number): Blob {
  const noise = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) {
    crypto.getRandomValues(noise.subarray(at, Math.min(size, at + 65_536)));
  }
  noise.set([0xff, 0xd8, 0xff, 0xe0]);
  return new Blob([noise], { type: "image/jpeg" });
}

/** Whoever drives this page waits for no longer than a person would, in milliseconds. */
const PATIENCE = 60_000;

function patiently<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("torture-late")), PATIENCE);
  });
  return Promise.race([work, late]);
}

Object.assign(window, {
  torture: {
    submit: (plan: Plan) => patiently(submit(plan)),
    journal: () => patiently(journal()),
  },
});
