import type { ErrorCode, Role } from "@sidedesk/contract";
import type { z } from "zod";
import type { Caller, CallerKind } from "../caller.ts";
import type { Answer } from "./answer.ts";
import type { UploadSpec } from "./upload.ts";

/** Which hourly or minutely allowance a call is counted against, once its input is known to be valid. */
export type LimitName = "customerWrites" | "sessions" | "submissions" | "portalMails" | "login";

export type CallerOf<K extends CallerKind | "anyone"> = K extends CallerKind ? Extract<Caller, { kind: K }> : undefined;

/** What only HTTP knows about a call. Routes use it sparingly; commands never see it. */
export interface HttpContext {
  /** The caller's address, behind trusted proxies only. */
  ip: string;
  origin: string | undefined;
  requestId: string;
  siteKey: string | undefined;
  header(name: string): string | undefined;
  cookie(name: string): string | undefined;
  setCookie(name: string, value: string, options: { maxAgeSeconds: number; path: string }): void;
  clearCookie(name: string, path: string): void;
}

export interface RouteInput<K extends CallerKind | "anyone", P, Q, B, F = undefined> {
  caller: CallerOf<K>;
  params: P;
  query: Q;
  body: B;
  /** What `upload.receive` answered. */
  file: F;
  http: HttpContext;
}

/**
 * A route is a value, so one list serves Koa, validation, OpenAPI, the documentation and the rule tests.
 * Its schemas are the only way in: unknown body fields and query names are refused with 400.
 */
export interface Route<
  K extends CallerKind | "anyone" = CallerKind | "anyone",
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  F = unknown,
> {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Under `/v1`, with `:name` for parameters. */
  path: `/v1/${string}`;
  /** One line for the documentation. */
  summary: string;
  /** Groups routes in the documentation. */
  tag: string;
  /** Who may call it; any other kind of caller gets 403, nobody at all 401. `anyone` needs no credential. */
  callers: readonly K[];
  /** Staff need at least this role on the site; `viewer` when absent for GET, `agent` otherwise. */
  role?: Role;
  /**
   * How the site is found for staff: `header` (X-Site, or the only one), `path` (`:slug`), or `none` for calls about the
   * person themselves. `header` when absent.
   */
  site?: "header" | "path" | "none";
  params?: P;
  query?: Q;
  body?: B;
  /** Takes a file instead of a JSON body; stands before `handle`, whose `file` it types. Size, streaming and clean-up: upload.ts. */
  upload?: UploadSpec<{ caller: CallerOf<K>; params: z.output<P>; query: z.output<Q>; http: HttpContext }, F>;
  /** The status of success, and the schema of its body (absent for 204). */
  status: 200 | 201 | 202 | 204 | 405;
  output?: z.ZodType;
  /** Content types, when it answers with bytes: `output` is `bytes` and `handle` answers `streamed(…)`, both of answer.ts. */
  streams?: readonly string[];
  /** Answers 204 instead when there is nothing to answer with. */
  mayBeEmpty?: boolean;
  /** Answers 202 instead when the work goes on in the background. */
  mayGoOn?: boolean;
  limit?: LimitName;
  /** Error codes beyond those that every route may answer with, for the documentation. */
  errors?: readonly ErrorCode[];
  /** For `anyone` routes that live by a cookie: refuses every origin but our own pages. */
  ownPagesOnly?: boolean;
  /** Set false where a repeat key makes no sense because the handler leaves the database (sign-in, cookies). */
  repeatable?: boolean;
  handle(input: RouteInput<K, z.output<P>, z.output<Q>, z.output<B>, F>): Promise<Answer> | Answer;
}

/** Any route, as the one list holds them. */
// The handler's input is contravariant, so the list's element type takes the widest input and routes are cast once, here.
export type AnyRoute = Omit<Route, "handle" | "upload"> & {
  handle(input: never): Promise<Answer> | Answer;
  upload?: UploadSpec<never, unknown>;
};

/** Declares a route; only types happen here. */
export function route<
  const K extends CallerKind | "anyone",
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  F = undefined,
>(definition: Route<K, P, Q, B, F>): AnyRoute {
  return definition;
}
