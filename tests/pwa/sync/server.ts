/**
 * A server for tests of delivery: opens envelopes with a real agency key, decides by the verdict table
 * of docs/contracts.md §4, signs receipts, takes pages by tus. Each test scripts its faults: `before`
 * may answer in its stead or throw as a network does, `after` may spoil what it said.
 */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { inflateSync } from "node:zlib";
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import type { Fetch } from "../../../pwa/api/client.ts";
import type { Catalogue, DossierView, Verdict } from "../../../pwa/api/contract.ts";
import { fromBase64url, utf8 } from "../../../pwa/store/bytes.ts";
import type { Payload } from "../../../pwa/sync/payload.ts";
import { catalogue } from "../store/phone.ts";

interface Envelope {
  id: string;
  kid: string;
  sealed: string;
}

interface Request {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
  credentials: string | undefined;
}

const pair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });

function pointOf({ x = "", y = "" }: JsonWebKey): Uint8Array {
  return Buffer.concat([
    Buffer.from([4]),
    Buffer.from(x, "base64url"),
    Buffer.from(y, "base64url"),
  ]);
}

export class ServerTwin {
  readonly requests: Request[] = [];
  readonly payloads = new Map<string, Payload>();
  readonly blobs = new Map<string, Buffer>();
  readonly uploads = new Map<string, { digest: string; length: number; bytes: Buffer }>();
  private readonly receipts = new Map<string, { digest: string; receipt: string }>();
  private agency = pair();
  private kid = "agency-1";
  private readonly signer = pair();
  changes: DossierView[] = [];
  cursor: string | null = null;
  clock = 1_795_000_000_000;
  /** Decides an opened, new mutation; by default it is applied. */
  decide: (payload: Payload) => Omit<Verdict, "id"> = () => ({ verdict: "applied" });
  before: (request: Request) => Response | undefined = () => undefined;
  after: (request: Request, response: Response) => Response | Promise<Response> = (_, response) =>
    response;

  readonly net: { fetch: Fetch; now(): number } = {
    now: () => this.clock,
    fetch: async (url, init) => {
      const { method = "GET", headers, body, credentials } = init;
      const request: Request = {
        method,
        path: url,
        headers: headers as Record<string, string>,
        body: typeof body === "string" ? JSON.parse(body) : body,
        credentials,
      };
      this.requests.push(request);
      return this.before(request) ?? this.after(request, await this.respond(request));
    },
  };

  catalogue(): Catalogue {
    const agencyJwk = this.agency.publicKey.export({ format: "jwk" });
    const signerJwk = this.signer.publicKey.export({ format: "jwk" });
    const key = Buffer.from(pointOf(agencyJwk)).toString("base64url");
    return catalogue({
      digest: this.kid === "agency-1" ? "c1" : this.kid,
      agencyKeys: [{ kid: this.kid, key }],
      receiptKeys: [{ ...signerJwk, kid: "receipt-1" }],
    });
  }

  /** From now on only what is sealed to another key can be opened. */
  rotate(): void {
    this.agency = pair();
    this.kid = `${this.kid}0`;
  }

  /** It is set back to a state before everything. */
  forget(): void {
    this.receipts.clear();
    this.payloads.clear();
    this.blobs.clear();
    this.uploads.clear();
  }

  /** How often a path was asked for. */
  count(method: string, start: string): number {
    return this.requests.filter((one) => one.method === method && one.path.startsWith(start))
      .length;
  }

  receipt(payload: Payload, verdict: string, digest: string, device: string): string {
    const header = { alg: "ES256", kid: "receipt-1", typ: "hoso-receipt+jwt" };
    const content = {
      iss: "https://motcua.example.vn",
      jti: payload.id,
      sub: payload.dossier,
      iat: Math.floor(this.clock / 1000),
      kind: payload.kind,
      verdict,
      digest,
      pages: payload.pages.map((page) => page.digest),
      device,
      at: payload.at,
      code: "HS-0000-0000",
    };
    const text = [header, content]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const key = { key: this.signer.privateKey, dsaEncoding: "ieee-p1363" as const };
    return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
  }

  private async respond(request: Request): Promise<Response> {
    if (request.path === "/sync") return json(await this.sync(request));
    if (request.path === "/catalogue") return json(this.catalogue(), { ETag: `"${this.kid}"` });
    if (request.path.startsWith("/uploads")) return this.tus(request);
    return problem(404, "not-found");
  }

  private async sync({ body }: Request) {
    const { envelopes, cursor } = body as { envelopes: Envelope[]; cursor?: string };
    const verdicts: Verdict[] = [];
    for (const envelope of envelopes) verdicts.push(await this.verdict(envelope));
    return {
      v: 1,
      time: "2026-11-22T01:02:03Z",
      nonce: "nonce-1",
      verdicts,
      changes: this.changes,
      cursor: this.cursor ?? cursor ?? null,
      more: false,
      missing: [],
      catalogue: this.catalogue().digest,
    };
  }

  private async verdict(envelope: Envelope): Promise<Verdict> {
    const { id } = envelope;
    if (envelope.kid !== this.kid) {
      return { id, verdict: "refused", problem: { code: "envelope-key-unknown" } };
    }
    const { payload, digest, device } = await this.open(envelope);
    const known = this.receipts.get(id);
    if (known && known.digest !== digest) {
      return { id, verdict: "refused", problem: { code: "mutation-reused" } };
    }
    if (known) return { id, verdict: "repeated", receipt: known.receipt };
    const decision = this.decide(payload);
    if (decision.verdict !== "applied" && decision.verdict !== "held") return { id, ...decision };
    const receipt = this.receipt(payload, decision.verdict, digest, device);
    this.receipts.set(id, { digest, receipt });
    this.payloads.set(id, payload);
    return { id, receipt, ...decision };
  }

  /** What was sealed, its content digest and the device that signed it. */
  async open({ id, kid, sealed }: Envelope) {
    const bytes = fromBase64url(sealed);
    const jwk = this.agency.privateKey.export({ format: "jwk" });
    const signed = inflateSync(await openSealed(jwk, { id, kid }, bytes));
    const content = signed.subarray(130);
    return {
      payload: JSON.parse(content.toString()) as Payload,
      digest: createHash("sha256").update(content).digest("hex"),
      device: createHash("sha256").update(signed.subarray(1, 66)).digest("base64url"),
    };
  }

  private tus({ method, path, headers, body }: Request): Response {
    const answer = (status: number, more: Record<string, string>) =>
      new Response(null, { status, headers: { "Tus-Resumable": "1.0.0", ...more } });
    if (method === "POST") {
      const digest = atob(headers["Upload-Metadata"]?.split(" ")[1] ?? "");
      const length = Number(headers["Upload-Length"]);
      const expected = [...this.payloads.values()].some(({ pages }) =>
        pages.some((page) => page.digest === digest && page.length === length),
      );
      if (!expected) return problem(403, "upload-not-expected");
      const id = this.blobs.has(digest) ? digest : `u${this.uploads.size}`;
      const offset = this.blobs.has(digest) ? length : 0;
      this.uploads.set(id, { digest, length, bytes: Buffer.alloc(offset) });
      return answer(201, { Location: `/uploads/${id}`, "Upload-Offset": String(offset) });
    }
    const upload = this.uploads.get(path.replace("/uploads/", ""));
    if (!upload) return problem(404, "upload-unknown");
    if (method === "HEAD") return answer(200, { "Upload-Offset": String(upload.bytes.length) });
    if (Number(headers["Upload-Offset"]) !== upload.bytes.length) {
      return problem(409, "upload-offset-conflict");
    }
    upload.bytes = Buffer.concat([upload.bytes, body as Uint8Array]);
    if (upload.bytes.length === upload.length) {
      const digest = createHash("sha256").update(upload.bytes).digest("hex");
      if (digest !== upload.digest) {
        upload.bytes = Buffer.alloc(0);
        return problem(460, "upload-digest-mismatch");
      }
      this.blobs.set(digest, upload.bytes);
    }
    return answer(204, { "Upload-Offset": String(upload.bytes.length) });
  }
}

/** HPKE base mode, as the server opens it. */
export async function openSealed(
  jwk: JsonWebKey,
  { kid, id }: { kid: string; id: string },
  sealed: Uint8Array,
): Promise<Uint8Array> {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const scalar = Buffer.from(jwk.d ?? "", "base64url");
  const recipientKey = await suite.kem.deserializePrivateKey(new Uint8Array(scalar).buffer);
  const info = utf8(`hoso/envelope/v1\0${kid}\0${id}`).buffer;
  const enc = sealed.slice(0, 65).buffer as ArrayBuffer;
  const ct = sealed.slice(65).buffer as ArrayBuffer;
  return new Uint8Array(await suite.open({ recipientKey, info, enc }, ct));
}

export function json(
  content: unknown,
  headers: Record<string, string> = {},
  status = 200,
): Response {
  return new Response(JSON.stringify(content), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

export function problem(status: number, code: string, headers: Record<string, string> = {}) {
  return json({ code, status }, { ...headers, "Content-Type": "application/problem+json" }, status);
}

/** The private key of a JWK for node's own crypto. */
export function privateKey(jwk: JsonWebKey) {
  return createPrivateKey({ key: jwk as never, format: "jwk" });
}
