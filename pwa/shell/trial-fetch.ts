/** Published files from the server, for a page that did not bring them along. */
import { call, net } from "../api/client.ts";
import { Unreachable } from "../api/problems.ts";
import { digestOf, textOf } from "../store/bytes.ts";

/** Text of a form or list. Throws ProblemError `not-found`, or Unreachable. */
export async function fetched(folder: "forms" | "resources", digest: string): Promise<string> {
  // With the cookie it goes over the connection that brought the page.
  const { bytes } = await call(net, `/${folder}/${digest}.json`, { withLogin: true });
  // The name is the check: a portal's page or half a file is no form.
  const isWhole = (await digestOf(new Uint8Array(bytes))) === digest;
  if (!isWhole) throw new Unreachable("network-garbled");
  return textOf(bytes);
}
