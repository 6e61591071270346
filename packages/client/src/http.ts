import type { ErrorCode, Problem } from "@sidedesk/contract";
import { ApiError } from "./errors/api-error.ts";
import { NetworkError } from "./errors/network-error.ts";
import type { FileToSend } from "./send-file.ts";

export interface ClientOptions {
  /** Address of the desk, such as `https://desk.example.com`; empty for the page's own origin. */
  base: string;
  /** The site's public key, for callers that nobody signed in. */
  siteKey?: string;
  /** Slug of the site, for staff of several; a function where it can change while the page is open. */
  site?: string | (() => string | null | undefined);
  /** The session's token. `renew` is set when the last one was refused as expired: fetch a new one. */
  getToken?: (how: { renew: boolean }) => Promise<string | null> | string | null;
  /** Called when a call stays unauthenticated even with a renewed token. */
  onUnauthenticated?: (problem: Problem) => void;
  /** Says a refusal in the language of who reads it, before it is thrown: the desk's own words are English. */
  reword?: (problem: Problem) => Promise<Problem> | Problem;
  /** Send and accept cookies across origins (portal and console renew by cookie). */
  credentials?: boolean;
  /** Milliseconds after which a call counts as unanswered. */
  timeout?: number;
  fetch?: typeof fetch | undefined;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** The same key and body within 24 h gives the first answer again: one key per thing a person meant to do once. */
  idempotencyKey?: string | undefined;
}

export type QueryValue = string | number | boolean | readonly string[] | null | undefined;

export interface Request extends CallOptions {
  query?: object | undefined;
  body?: unknown;
  /** Leave the session out: calls that make or end one. */
  anonymous?: boolean;
  /** Sent as a form instead of a body. */
  upload?: FileToSend;
  /** Goes on when its page is left. */
  keepalive?: boolean;
  /** Resolves with the response itself, whose body is still to be read. */
  asStream?: boolean;
}

/** One call. Resolves with the parsed body, or null for an answer without one. */
export type Http = <T>(method: string, path: string, request?: Request) => Promise<T>;

let ahead = 0;
/** The time by the desk's clock, as far as it was heard: a device's own may be wrong by a day. */
export const serverNow = (): number => Date.now() + ahead;
/** Answers to GET may come from a cache and be old. The header has whole seconds, and was on its way: a clock that is right stays. */
function noteTime(method: string, headers: Headers): void {
  const date = Date.parse(headers.get("date") ?? "");
  if (method !== "GET" && date) ahead = Math.round((date - Date.now()) / 10_000) * 10_000;
}

/** Makes the function every feature calls through. */
export function createHttp(options: ClientOptions): Http {
  const send = (
    method: string,
    path: string,
    request: Request,
    token: string | null | undefined,
  ): Promise<Response> => {
    const headers: Record<string, string> = { accept: "application/json" };
    const site = typeof options.site === "function" ? options.site() : options.site;
    if (options.siteKey) headers["x-site-key"] = options.siteKey;
    if (site && !request.anonymous) headers["x-site"] = site;
    if (token) headers["authorization"] = `Bearer ${token}`;
    if (request.body !== undefined) headers["content-type"] = "application/json";
    if (request.idempotencyKey) headers["idempotency-key"] = request.idempotencyKey;
    const init: RequestInit = { method, headers, credentials: options.credentials ? "include" : "omit" };
    if (request.body !== undefined) init.body = JSON.stringify(request.body);
    if (request.keepalive) init.keepalive = true;
    const { upload, signal } = request;
    if (upload) return sent(options, options.base + path, headers, upload, signal);
    return timed(
      options,
      options.base + path + search(request.query as Record<string, QueryValue>),
      init,
      request.signal,
    );
  };

  return async <T>(method: string, path: string, request: Request = {}): Promise<T> => {
    const withSession = options.getToken && !request.anonymous;
    const token = withSession && (await options.getToken!({ renew: false }));
    let response = await send(method, path, request, token || null);
    let problem = response.ok ? null : await problemOf(response);
    if (withSession && problem?.code === "session_expired") {
      const renewed = await options.getToken!({ renew: true });
      if (renewed) {
        response = await send(method, path, request, renewed);
        problem = response.ok ? null : await problemOf(response);
      }
    }
    noteTime(method, response.headers);
    if (!problem) return (request.asStream ? response : await bodyOf(response)) as T;
    if (withSession && problem.status === 401) options.onUnauthenticated?.(problem);
    const said = problem.status < 500 && (await options.reword?.(problem));
    throw new ApiError(said || problem, secondsOf(response.headers.get("retry-after")));
  };
}

/** A file may take as long as it takes; its code is loaded with the first one. */
async function sent(
  options: ClientOptions,
  url: string,
  headers: Record<string, string>,
  upload: FileToSend,
  signal?: AbortSignal,
): Promise<Response> {
  signal?.throwIfAborted();
  try {
    const { sendFile } = await import("./send-file.ts");
    const { credentials = false, fetch: own } = options;
    return await sendFile(url, { headers, credentials, signal, fetch: own }, upload);
  } catch (error) {
    signal?.throwIfAborted();
    throw new NetworkError(error);
  }
}

async function timed(options: ClientOptions, url: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  const abort = () => stop.abort(signal?.reason);
  signal?.addEventListener("abort", abort);
  const timer = setTimeout(abort, options.timeout ?? 30_000);
  try {
    return await (options.fetch ?? fetch)(url, { ...init, signal: stop.signal });
  } catch (error) {
    signal?.throwIfAborted(); // the caller gave up: not a fault of the network
    throw new NetworkError(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch (error) {
    throw new NetworkError(error); // cut off half-way, or something between us answered
  }
}

/** The problem document, or one made up for answers that are not ours (a proxy's page). */
async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Partial<Problem> | null;
  if (body && typeof body.code === "string" && typeof body.status === "number") return body as Problem;
  const { status } = response;
  const codes: Partial<Record<number, ErrorCode>> = { 401: "unauthenticated", 404: "not_found", 429: "rate_limited" };
  return {
    type: "about:blank",
    title: response.statusText,
    status,
    code: codes[status] ?? "unavailable",
    detail: "",
    requestId: response.headers.get("x-request-id") ?? "",
  };
}

function secondsOf(retryAfter: string | null): number | null {
  if (!retryAfter) return null;
  const seconds = Number(retryAfter);
  if (!Number.isNaN(seconds)) return seconds;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - serverNow()) / 1000));
}

/** Several values are comma-separated; what is empty is left out. */
function search(query: Record<string, QueryValue> | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    const text = Array.isArray(value) ? value.join(",") : String(value ?? "");
    if (text) params.set(name, text);
  }
  const text = params.toString();
  return text && `?${text}`;
}

/** An id or number inside a path. */
export const at = encodeURIComponent;
