/**
 * Passkeys (WebAuthn) on the device: enrol by a one-time link, sign in without typing a name, and open
 * the phone's store without a network. The browser's JSON helpers came with Chrome 129, so the few
 * fields are converted here; and their `toJSON` would carry the PRF secret out of the page, so
 * extension results never leave: they are handed to the lock and to nobody else.
 */
import { callJson, type Net, net } from "../api/client.ts";
import type { PasskeySecret } from "../lock/secrets.ts";
import { base64url, fromBase64url, sha256, utf8 } from "../store/bytes.ts";
import type { Profile } from "../store/records.ts";
import type { Shared } from "../store/schema.ts";
import { signIn } from "./person.ts";

/** Codes: `passkey-cancelled` the person or the device said no; `passkey-unsupported`. */
export class PasskeyError extends Error {
  readonly code: "passkey-cancelled" | "passkey-unsupported";
  constructor(code: PasskeyError["code"]) {
    super(code);
    this.name = "PasskeyError";
    this.code = code;
  }
}

export function canUsePasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "credentials" in navigator;
}

/** A credential of the options, its id in base64url. */
interface NamedCredential {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}

/** Options as the server writes them: WebAuthn's own, with bytes in base64url. */
export type CreationJson = Omit<
  PublicKeyCredentialCreationOptions,
  "challenge" | "user" | "excludeCredentials"
> & {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: NamedCredential[];
};

/** What a link begins: whom it is for, and what to ask the device. */
interface EnrolmentJson {
  name: string;
  options: CreationJson;
}

export type RequestJson = Omit<
  PublicKeyCredentialRequestOptions,
  "challenge" | "allowCredentials"
> & {
  challenge: string;
  allowCredentials?: NamedCredential[];
};

/** Whom an enrolment link is for: shown before the device is asked. */
export async function enrolmentName(token: string, around: Net = net): Promise<string> {
  const path = `${enrolmentPath(token)}/options`;
  return (await callJson<EnrolmentJson>(around, path, { body: {} })).name;
}

function enrolmentPath(token: string): string {
  return `/identity/enrolments/${encodeURIComponent(token)}`;
}

/** Who signed in, and what their passkey opens the store with; null where it cannot (no PRF). */
export interface Entered {
  profile: Profile;
  secret: PasskeySecret | null;
}

/** Adds a passkey by the one-time link's token and signs in with it. @param name of the passkey */
export async function enrolPasskey(
  shared: Shared,
  token: string,
  name: string,
  around: Net = net,
): Promise<Entered> {
  const path = enrolmentPath(token);
  const { options } = await callJson<EnrolmentJson>(around, `${path}/options`, { body: {} });
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options,
    challenge: fromBase64url(options.challenge),
    user: { ...options.user, id: fromBase64url(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(withBytes),
    extensions: await prfExtension(),
  };
  const made = await asked(() => navigator.credentials.create({ publicKey }));
  const profile = await signIn(shared, path, { credential: registrationJson(made), name }, around);
  return { profile, secret: await secretOfNew(made) };
}

export async function signInWithPasskey(shared: Shared, around: Net = net): Promise<Entered> {
  const path = "/identity/passkey-logins";
  const { options } = await callJson<{ options: RequestJson }>(around, `${path}/options`, {
    body: {},
  });
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...options,
    challenge: fromBase64url(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(withBytes),
    extensions: await prfExtension(),
  };
  const given = await asked(() => navigator.credentials.get({ publicKey }));
  const profile = await signIn(shared, path, { credential: loginJson(given) }, around);
  return { profile, secret: secretOf(given) };
}

/**
 * Asks one of these passkeys for its secret, without a network and without telling the server.
 * @param credentials ids in base64url
 */
export async function passkeySecret(credentials: string[]): Promise<PasskeySecret> {
  const given = await asked(async () =>
    navigator.credentials.get({
      publicKey: {
        // Nobody checks the answer: it is the secret that opens, or does not.
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        allowCredentials: credentials.map((id) => withBytes({ id, type: "public-key" })),
        userVerification: "required",
        extensions: await prfExtension(),
      },
    }),
  );
  const secret = secretOf(given);
  if (!secret) throw new PasskeyError("passkey-unsupported");
  return secret;
}

/** The same for all: authenticators mix in the passkey's own key, see WebAuthn level 3, 10.1.4. */
async function prfExtension(): Promise<AuthenticationExtensionsClientInputs> {
  return { prf: { eval: { first: await sha256(utf8("hoso/store-lock/v1")) } } };
}

function secretOf(credential: PublicKeyCredential): PasskeySecret | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) return null;
  const bytes = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
  return { credential: text(credential.rawId), secret: bytes };
}

/** Some authenticators give the secret only when asked once more, after the passkey was made. */
async function secretOfNew(made: PublicKeyCredential): Promise<PasskeySecret | null> {
  if (!made.getClientExtensionResults().prf?.enabled) return null;
  return secretOf(made) ?? passkeySecret([text(made.rawId)]).catch(() => null);
}

function withBytes({ id, ...rest }: NamedCredential): PublicKeyCredentialDescriptor {
  return { ...rest, id: fromBase64url(id) };
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  if (!canUsePasskeys()) throw new PasskeyError("passkey-unsupported");
  try {
    const credential = await ask();
    if (credential) return credential as PublicKeyCredential;
  } catch (error) {
    const { name } = error as Error;
    if (name === "NotSupportedError") throw new PasskeyError("passkey-unsupported");
    if (!["NotAllowedError", "AbortError", "InvalidStateError"].includes(name)) throw error;
  }
  throw new PasskeyError("passkey-cancelled");
}

const text = (bytes: ArrayBuffer) => base64url(new Uint8Array(bytes));

/** RegistrationResponseJSON without extension results. */
export function registrationJson(made: PublicKeyCredential) {
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...heading(made),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/** AuthenticationResponseJSON without extension results. */
export function loginJson(given: PublicKeyCredential) {
  const response = given.response as AuthenticatorAssertionResponse;
  return {
    ...heading(given),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      ...(response.userHandle && { userHandle: text(response.userHandle) }),
    },
  };
}

function heading({ rawId }: PublicKeyCredential) {
  const id = text(rawId);
  return { id, rawId: id, type: "public-key", clientExtensionResults: {} };
}
