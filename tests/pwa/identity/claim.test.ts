import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import test from "node:test";
import { redeemClaim, requestClaim } from "../../../pwa/identity/claim.ts";
import { fromBase64url, utf8 } from "../../../pwa/store/bytes.ts";
import { freshPhone, ownStore } from "../store/phone.ts";
import { json, problem } from "../sync/server.ts";

freshPhone();

function server(redeemed: () => Response) {
  const asked: { path: string; body: Record<string, unknown> }[] = [];
  const around = {
    now: () => 0,
    fetch: async (path: string, { body }: RequestInit) => {
      asked.push({ path, body: JSON.parse(String(body)) });
      if (path === "/sync") return json({ v: 1, nonce: "nonce-1", verdicts: [], changes: [] });
      return path === "/claims" ? new Response(null, { status: 202 }) : redeemed();
    },
  };
  return { asked, around };
}

test("a claim is asked for by code and number as people write them", async () => {
  const { asked, around } = server(() => json({}));
  await requestClaim(" hs-7k2m-9qxd ", "0912 345.678", around);
  assert.deepEqual(asked, [
    { path: "/claims", body: { code: "hs-7k2m-9qxd", phone: "0912345678" } },
  ]);
});

test("a phone that never sent anything proves its key over a fresh nonce", async () => {
  const { store } = await ownStore();
  const { asked, around } = server(() => json({ dossier: "d1" }));
  assert.equal(await redeemClaim(store, "HS-7K2M-9QXD", "123 456", around), "d1");
  const redeemed = asked.find(({ path }) => path === "/claims/redeem");
  assert.ok(redeemed);
  const { oneTime, device } = redeemed.body as {
    oneTime: string;
    device: { key: string; nonce: string; proof: string };
  };
  assert.equal(oneTime, "123456");
  assert.equal(device.nonce, "nonce-1");
  const point = Buffer.from(fromBase64url(device.key));
  const jwk = {
    ...{ kty: "EC", crv: "P-256" },
    ...{ x: point.subarray(1, 33).toString("base64url") },
    ...{ y: point.subarray(33).toString("base64url") },
  };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  const signature = Buffer.from(fromBase64url(device.proof));
  const signed = Buffer.from(utf8("hoso/sync/v1\0nonce-1\0"));
  assert.ok(verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, signature));
  assert.equal(createHash("sha256").update(point).digest("base64url").length, 43);
});

test("a wrong or ended code is told by its own code", async () => {
  const { store } = await ownStore();
  const { around } = server(() => problem(403, "claim-refused"));
  await assert.rejects(redeemClaim(store, "HS-7K2M-9QXD", "000000", around), {
    code: "claim-refused",
  });
});
