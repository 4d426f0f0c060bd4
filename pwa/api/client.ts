/**
 * One request to the server: a time limit that grows with what is sent, the login cookie only where
 * it belongs, and an answer that is proven to be the server's before anyone reads it. Whether there is
 * a network is learned here, by trying: `navigator.onLine` is believed by nobody.
 */
import type { Problem } from "../api/contract.ts";
import { type Bytes, textOf } from "../store/bytes.ts";
import { ProblemError, retryAfter, Unreachable } from "./problems.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a request needs from around it; tests give their own. */
export interface Net {
  fetch: Fetch;
  now(): number;
}

export const net: Net = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
};

export interface Call {
  method?: "GET" | "POST" | "PATCH" | "HEAD" | "DELETE";
  headers?: Record<string, string>;
  /** An object travels as JSON. */
  body?: Bytes | object;
  /** Send the login cookie along; sending never needs it. */
  withLogin?: boolean;
  /** Statuses beside 2xx that the caller reads itself. */
  allow?: number[];
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: ArrayBuffer;
}

/** Half a minute, and a second more for each KiB on the way: 8 kbit/s still gets through. */
function timeLimit(bytes: number): number {
  return 30_000 + bytes;
}

/** Throws Unreachable or ProblemError for every answer that is neither 2xx nor allowed. */
export async function call(around: Net, path: string, request: Call = {}): Promise<Answer> {
  const { body, allow = [] } = request;
  const isBytes = body === undefined || body instanceof Uint8Array;
  const content = isBytes ? body : JSON.stringify(body);
  const headers = { Accept: "application/json", ...request.headers };
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeLimit(content?.length ?? 0));
  try {
    const response = await around.fetch(path, {
      method: request.method ?? (body === undefined ? "GET" : "POST"),
      headers: isBytes ? headers : { "Content-Type": "application/json", ...headers },
      body: content ?? null,
      credentials: request.withLogin ? "same-origin" : "omit",
      // A portal redirects; this server's interface never does.
      redirect: "error",
      cache: "no-store",
      signal: stop.signal,
    });
    const answer = {
      status: response.status,
      headers: response.headers,
      bytes: await response.arrayBuffer(),
    };
    if (!response.ok && !allow.includes(response.status)) throw failure(around, answer);
    return answer;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof ProblemError) throw error;
    throw new Unreachable(stop.signal.aborted ? "network-slow" : "network-none");
  } finally {
    clearTimeout(timer);
  }
}

/** The same, with a JSON answer. A page with status 200 is a captive portal's. */
export async function callJson<T>(around: Net, path: string, request?: Call): Promise<T> {
  const answer = await call(around, path, request);
  if (!isJson(answer)) throw new Unreachable("network-captive");
  return parsed(answer) as T;
}

function isJson({ headers }: Answer): boolean {
  return /^application\/([a-z.+-]+\+)?json\b/i.test(headers.get("Content-Type") ?? "");
}

export function parsed({ bytes }: Answer): unknown {
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    throw new Unreachable("network-garbled");
  }
}

function failure(around: Net, answer: Answer): Error {
  const { status, headers } = answer;
  const wait = retryAfter(headers.get("Retry-After"), around.now());
  const problem = isJson(answer) ? (parsed(answer) as Partial<Problem> | null) : null;
  if (typeof problem?.code === "string" && status < 500 && status !== 429) {
    return new ProblemError(status, problem as Problem);
  }
  if (status >= 500 || status === 429) return new Unreachable("server-busy", wait);
  // 4xx without a problem did not come from this server: a proxy or a portal.
  return new Unreachable("network-captive", wait);
}
