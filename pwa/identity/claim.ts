/**
 * Claiming a dossier on a phone that did not file it (docs/contracts.md §6): by its code and the
 * number it was filed with, then the one-time code sent there or made at the desk. From then on this
 * phone reads it, answers supplements and withdraws like the one that filed it.
 */
import { call, callJson, type Net, net } from "../api/client.ts";
import type { SyncReply } from "../api/contract.ts";
import { ProblemError } from "../api/problems.ts";
import type { Store } from "../store/schema.ts";
import { claim, openDevice } from "./device.ts";

/** Asks for a one-time code; the answer is the same whether there is such a dossier or not. */
export async function requestClaim(code: string, phone: string, around: Net = net): Promise<void> {
  await call(around, "/claims", {
    body: { code: code.trim(), phone: phone.replace(/[\s.]/g, "") },
  });
}

/** @returns the dossier's id; the next round brings all this phone may read, from the beginning */
export async function redeemClaim(
  store: Store,
  code: string,
  oneTime: string,
  around: Net = net,
): Promise<string> {
  const device = await openDevice(store);
  const nonce = await freshNonce(store, around);
  const body = {
    code: code.trim(),
    oneTime: oneTime.replace(/\D/g, ""),
    device: await claim(device, nonce, ""),
  };
  const { dossier } = await callJson<{ dossier: string }>(around, "/claims/redeem", { body });
  return dossier;
}

/** A phone that has never sent anything has no nonce yet: the server gives one to whoever names a key. */
async function freshNonce(store: Store, around: Net): Promise<string> {
  const device = await claim(await openDevice(store), undefined, "");
  const body = { v: 1, envelopes: [], device, language: "vi" };
  const { nonce } = await callJson<SyncReply>(around, "/sync", { body });
  if (!nonce) throw new ProblemError(422, { code: "signature-invalid" } as never);
  return nonce;
}
