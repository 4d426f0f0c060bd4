/**
 * The pictures, sounds and films that forms show, kept in a cache of their own for use without a
 * network. A form works without them, so one that does not arrive holds nothing up: the next look at
 * the catalogue tries again.
 */
import { call, type Net } from "../api/client.ts";
import type { Definition } from "../forms/engine/definition.ts";
import { digestOf } from "../store/bytes.ts";

export const MEDIA_CACHE = "media";

function addressesOf({ media = {} }: Definition): string[] {
  return Object.values(media).map((digest) => `/media/${digest}`);
}

/** Fetches what is not here yet, one after the other. */
export async function fetchMedia(definition: Definition, around: Net): Promise<void> {
  const addresses = addressesOf(definition);
  if (addresses.length === 0 || typeof caches === "undefined") return;
  const cache = await caches.open(MEDIA_CACHE);
  for (const address of addresses) {
    if (await cache.match(address)) continue;
    const answer = await call(around, address).catch(() => null);
    if (!answer) return;
    const bytes = new Uint8Array(answer.bytes);
    // The name is the check, as for forms.
    if (!address.endsWith(await digestOf(bytes))) continue;
    const type = answer.headers.get("Content-Type") ?? "application/octet-stream";
    await cache.put(address, new Response(bytes, { headers: { "Content-Type": type } }));
  }
}

/** Drops what none of these forms shows. */
export async function sweepMedia(definitions: readonly Definition[]): Promise<void> {
  if (typeof caches === "undefined") return;
  const wanted = new Set(definitions.flatMap(addressesOf));
  const cache = await caches.open(MEDIA_CACHE);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}
