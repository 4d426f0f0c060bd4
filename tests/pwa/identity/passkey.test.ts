import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import {
  canUsePasskeys,
  enrolmentName,
  enrolPasskey,
  passkeySecret,
  signInWithPasskey,
} from "../../../pwa/identity/passkey.ts";
import { freshPhone, ownStore } from "../store/phone.ts";
import { json } from "../sync/server.ts";

freshPhone();

const bytes = (...values: number[]) => new Uint8Array(values).buffer;
const secret = bytes(9, 9, 9, 9);

/** What an authenticator gives, its PRF secret among it. */
const credential = {
  rawId: bytes(1, 2, 3),
  response: {
    clientDataJSON: bytes(4),
    attestationObject: bytes(5),
    authenticatorData: bytes(6),
    signature: bytes(7),
    userHandle: bytes(8),
    getTransports: () => ["internal"],
  },
  getClientExtensionResults: () => ({ prf: { enabled: true, results: { first: secret } } }),
};

const present = Object.getOwnPropertyDescriptor(globalThis, "navigator");

/** A browser with passkeys; `asked` is what it was asked for. */
function withBrowser(answer: () => unknown) {
  const asked: Record<string, unknown>[] = [];
  const give = async ({ publicKey }: { publicKey: Record<string, unknown> }) => {
    asked.push(publicKey);
    return answer();
  };
  const value = { credentials: { create: give, get: give } };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  Object.assign(globalThis, { PublicKeyCredential: class {} });
  return asked;
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, "PublicKeyCredential");
  Reflect.deleteProperty(globalThis, "navigator");
  if (present) Object.defineProperty(globalThis, "navigator", present);
});

const person = { id: "p1", account: "can-bo", name: "Cán bộ Ví Dụ", roles: [] };

function server(options: object) {
  const posted: { path: string; body: string }[] = [];
  const around = {
    now: () => 0,
    fetch: async (path: string, { body }: RequestInit) => {
      posted.push({ path, body: String(body) });
      return json(path.endsWith("/options") ? { name: "Cán bộ Ví Dụ", options } : person);
    },
  };
  return { posted, around };
}

const creation = {
  challenge: "AQID",
  rp: { id: "localhost", name: "Hoso" },
  user: { id: "BAUG", name: "can-bo", displayName: "Cán bộ Ví Dụ" },
  pubKeyCredParams: [],
  excludeCredentials: [{ id: "Bwg", type: "public-key" }],
  extensions: { prf: {} },
};

test("an enrolment link tells whom it is for before the device is asked", async () => {
  const { around } = server(creation);
  assert.equal(await enrolmentName("token", around), "Cán bộ Ví Dụ");
});

test("enrolling gives the device bytes and the server base64url", async () => {
  const { shared } = await ownStore();
  const asked = withBrowser(() => credential);
  const { posted, around } = server(creation);
  const { profile } = await enrolPasskey(shared, "to/ken", "Máy của thôn", around);
  assert.equal(profile.personId, "p1");
  const { challenge, user, excludeCredentials } = asked[0] as unknown as {
    challenge: Uint8Array;
    user: { id: Uint8Array };
    excludeCredentials: { id: Uint8Array }[];
  };
  assert.deepEqual(challenge, new Uint8Array([1, 2, 3]));
  assert.deepEqual(user.id, new Uint8Array([4, 5, 6]));
  assert.deepEqual(excludeCredentials[0]?.id, new Uint8Array([7, 8]));
  assert.equal(posted[1]?.path, "/identity/enrolments/to%2Fken");
  assert.deepEqual(JSON.parse(posted[1]?.body ?? ""), {
    credential: {
      id: "AQID",
      rawId: "AQID",
      type: "public-key",
      clientExtensionResults: {},
      response: { clientDataJSON: "BA", attestationObject: "BQ", transports: ["internal"] },
    },
    name: "Máy của thôn",
  });
});

test("the secret that opens the phone's store never leaves the page", async () => {
  const { shared } = await ownStore();
  withBrowser(() => credential);
  const { posted, around } = server({ challenge: "AQID" });
  await signInWithPasskey(shared, around);
  const login = posted.find(({ path }) => path === "/identity/passkey-logins");
  assert.deepEqual(JSON.parse(login?.body ?? "").credential.response, {
    clientDataJSON: "BA",
    authenticatorData: "Bg",
    signature: "Bw",
    userHandle: "CA",
  });
  for (const { body } of posted) {
    assert.equal(body.includes("prf"), false);
    assert.equal(body.includes("CQkJCQ"), false);
  }
});

test("signing in and opening the store take one touch: the secret comes with the login", async () => {
  const { shared } = await ownStore();
  const asked = withBrowser(() => credential);
  const { around } = server({ challenge: "AQID" });
  const entered = await signInWithPasskey(shared, around);
  assert.deepEqual(entered.secret, { credential: "AQID", secret: new Uint8Array(secret) });
  assert.equal(asked.length, 1);
});

test("a passkey that cannot keep a secret signs in all the same", async () => {
  const { shared } = await ownStore();
  withBrowser(() => ({ ...credential, getClientExtensionResults: () => ({}) }));
  const { around } = server(creation);
  assert.equal((await enrolPasskey(shared, "token", "", around)).secret, null);
});

test("a new passkey that gives its secret only afterwards is asked once more", async () => {
  const { shared } = await ownStore();
  const fresh = { ...credential, getClientExtensionResults: () => ({ prf: { enabled: true } }) };
  let turn = 0;
  const asked = withBrowser(() => (turn++ === 0 ? fresh : credential));
  const { around } = server(creation);
  const { secret: found } = await enrolPasskey(shared, "token", "", around);
  assert.deepEqual(found?.secret, new Uint8Array(secret));
  assert.equal(asked.length, 2);
});

test("the store is opened by its own passkeys, verified, without asking any server", async () => {
  const asked = withBrowser(() => credential);
  assert.equal((await passkeySecret(["AQID"])).credential, "AQID");
  const { allowCredentials, userVerification, extensions } = asked[0] as {
    allowCredentials: { id: Uint8Array }[];
    userVerification: string;
    extensions: { prf: { eval: { first: Uint8Array } } };
  };
  assert.deepEqual(allowCredentials[0]?.id, new Uint8Array([1, 2, 3]));
  assert.equal(userVerification, "required");
  assert.equal(extensions.prf.eval.first.length, 32);
});

test("a person who says no is told apart from a device that cannot", async () => {
  const { shared } = await ownStore();
  const { around } = server({ challenge: "AQID" });
  await assert.rejects(signInWithPasskey(shared, around), { code: "passkey-unsupported" });
  assert.equal(canUsePasskeys(), false);
  const failing = (name: string) => () => {
    throw new DOMException("", name);
  };
  withBrowser(failing("NotAllowedError"));
  assert.equal(canUsePasskeys(), true);
  await assert.rejects(signInWithPasskey(shared, around), { code: "passkey-cancelled" });
  withBrowser(failing("NotSupportedError"));
  await assert.rejects(signInWithPasskey(shared, around), { code: "passkey-unsupported" });
  withBrowser(() => null);
  await assert.rejects(signInWithPasskey(shared, around), { code: "passkey-cancelled" });
});
