/**
 * What a request can end in, as two typed errors. `Unreachable`: the server was not heard (no
 * network, a captive portal's page, an answer cut short, a server at its limits) and trying later may
 * help. `ProblemError`: the server heard and said no, with a code of its catalogue.
 */
import type { Problem } from "../api/contract.ts";

export type UnreachableCode =
  /** No answer at all. */
  | "network-none"
  /** The time limit passed. */
  | "network-slow"
  /** Someone between phone and server answered with a page of their own. */
  | "network-captive"
  /** The answer was cut short or is not what the protocol says. */
  | "network-garbled"
  /** The server asks to come back later (429, 502, 503, 504, any 5xx). */
  | "server-busy";

export class Unreachable extends Error {
  readonly code: UnreachableCode;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfter: number | null;
  constructor(code: UnreachableCode, retryAfter: number | null = null) {
    super(code);
    this.name = "Unreachable";
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
    super(`${status} ${problem.code}`);
    this.name = "ProblemError";
    this.code = problem.code;
    this.status = status;
    this.problem = problem;
  }
}

/** The code to keep and to show for anything that was thrown on the way to the server. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "app-fault";
}

/** An hour: a longer wait is a server's mistake or a forged answer. */
const LONGEST_WAIT = 3_600_000;

/** `Retry-After` in seconds or as a date, in milliseconds from `now`; null when absent or unreadable. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), LONGEST_WAIT);
}
