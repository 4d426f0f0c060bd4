/** A file that another app shares with this one: put aside, then shown where it is taken in. */
import { SHARED_ADDRESS, SHARED_CACHE } from "../store/shared-file.ts";

export async function takeShared(request: Request): Promise<Response> {
  const file = await request
    .formData()
    .then((form) => form.get("file"))
    .catch(() => null);
  if (file instanceof Blob) {
    const cache = await caches.open(SHARED_CACHE);
    await cache.put(SHARED_ADDRESS, new Response(file));
  }
  return Response.redirect(`${location.origin}/relay`, 303);
}
