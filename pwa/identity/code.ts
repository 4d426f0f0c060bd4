/** Sign-in by a one-time code, for phones without passkeys: ask for one, then give it. */
import { call, type Net, net } from "../api/client.ts";
import type { Profile } from "../store/records.ts";
import type { Shared } from "../store/schema.ts";
import { signIn } from "./person.ts";

/** Asks for a code; the answer is the same whether the account exists or not. */
export async function requestCode(account: string, around: Net = net): Promise<void> {
  await call(around, "/identity/codes", { body: { account: account.trim() } });
}

/** @returns the person, whose store is the active one from now on; open it with `openStore` */
export function signInWithCode(
  shared: Shared,
  account: string,
  code: string,
  around: Net = net,
): Promise<Profile> {
  const body = { account: account.trim(), code: code.replace(/\D/g, "") };
  return signIn(shared, "/identity/logins", body, around);
}
