/**
 * Signing in by an OpenID Connect provider, where the server offers one: the browser goes there and
 * comes back to the sign-in screen with a login cookie. The login there was is ended before, so that
 * the cookie that is there afterwards can only be of whom the provider named: after a store was
 * emptied for a forgotten PIN, an old cookie must not bring its person back.
 */
import { call, callJson, type Net, net } from "../api/client.ts";
import { readSetting, saveSetting, welcome } from "../store/people.ts";
import type { Profile } from "../store/records.ts";
import type { Shared } from "../store/schema.ts";
import { type Person, profileFor } from "./person.ts";

/** What the provider is called; null where none is offered. */
export async function offeredProvider(around: Net = net): Promise<string | null> {
  const path = "/identity/openid";
  const { isOffered, name } = await callJson<{ isOffered: boolean; name: string }>(around, path);
  return isOffered ? name : null;
}

/**
 * @param enrolment token of the link by which the provider's identity gets bound; empty: it is already
 * @returns the address to go to. Throws Unreachable or ProblemError
 */
export async function beginAtProvider(
  shared: Shared,
  enrolment = "",
  around: Net = net,
): Promise<string> {
  await call(around, "/identity/login", { method: "DELETE", withLogin: true });
  await saveSetting(shared, "login", null);
  const body = { screen: "app", enrolment };
  const begun = await callJson<{ url: string }>(around, "/identity/openid", {
    body,
    withLogin: true,
  });
  await saveSetting(shared, "openid", "begun");
  return begun.url;
}

/** Back from the provider: the person, whose store is the active one from now on; null when nothing was begun here. */
export async function signInFromProvider(
  shared: Shared,
  around: Net = net,
): Promise<Profile | null> {
  if ((await readSetting(shared, "openid")) !== "begun") return null;
  const person = await callJson<Person>(around, "/identity/me", { withLogin: true });
  await saveSetting(shared, "openid", null);
  return welcome(shared, profileFor(person));
}
