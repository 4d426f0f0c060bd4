/**
 * What the worker keeps and how it answers: the files of one build under their content's check, the
 * page for every address of the app, and nothing else: what the server says about people is never in
 * a cache. The build before stays as well, for a page that still runs it may load its later parts.
 */
import { build, files, type PrecacheFile } from "virtual:precache";

const PREFIX = "hoso-";
const CURRENT = PREFIX + build;

/** Addresses that the app's router shows; the desk, the verifier and the interface are the server's. */
const APP_PLACES = [
  "procedures",
  "drafts",
  "dossiers",
  "inbox",
  "sign-in",
  "enrol",
  "preview",
  "sent",
  "settings",
  "rescue",
  "relay",
  "storage",
  "lock",
  "claim",
  "hand-over",
];

export function isAppAddress(pathname: string): boolean {
  const [, place = ""] = pathname.split("/");
  return place === "" || APP_PLACES.includes(place);
}

/** Another app of the phone shares a file with this one (share_target in the manifest). */
export function isShared({ method, url }: Request): boolean {
  return method === "POST" && new URL(url).pathname === "/relay";
}

/** Fetches what is not here yet; throws when a file's content is not the build's. */
export async function precache(): Promise<void> {
  const cache = await caches.open(CURRENT);
  // In order of need and few at a time: on a slow link all at once is all late.
  const waiting = [...files].sort((a, b) => Number(b.eager) - Number(a.eager));
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) await keep(cache, file);
  };
  await Promise.all([worker(), worker(), worker()]);
}

async function keep(cache: Cache, { url, integrity }: PrecacheFile): Promise<void> {
  if (await cache.match(url)) return;
  // A name under /assets/ holds the content's hash: another build's copy is the same.
  const present = url.startsWith("/assets/") ? await caches.match(url) : undefined;
  const check = integrity === "" ? {} : { integrity };
  const response =
    present ?? (await fetch(url, { ...check, cache: "no-cache", redirect: "error" }));
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  await cache.put(url, response);
}

/** Drops all builds but this one and the newest before it. */
export async function dropOldBuilds(): Promise<void> {
  // `keys` answers in the order of making.
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const others = builds.filter((name) => name !== CURRENT);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/** What the worker answers with; undefined leaves the request to the network. */
export function answer(request: Request): Promise<Response> | undefined {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return undefined;
  if (request.mode === "navigate") return isAppAddress(pathname) ? page(request) : undefined;
  if (pathname.startsWith("/assets/") || pathname.startsWith("/media/") || isOurs(pathname))
    return kept(request, pathname);
  return undefined;
}

function isOurs(pathname: string): boolean {
  return pathname !== "/" && files.some(({ url }) => url === pathname);
}

async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CURRENT);
  return (await cache.match("/")) ?? fetch(request);
}

async function kept(request: Request, pathname: string): Promise<Response> {
  const cache = await caches.open(CURRENT);
  return (await cache.match(pathname)) ?? (await caches.match(pathname)) ?? fetch(request);
}
