import { randomUUID } from "node:crypto";
import { errorTable, type Problem } from "@sidedesk/contract";
import type { Context, Middleware } from "koa";
import { config } from "../config.ts";
import { isAway } from "../data/connection.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";

declare module "koa" {
  interface DefaultState {
    requestId: string;
    /** The matched route's path, for logs and metrics; never the address itself, which may carry ids or tokens. */
    route?: string;
  }
}

/** Anything thrown becomes RFC 9457 problem+json, here and nowhere else. */
export function problems(): Middleware {
  return async function answerProblems(ctx, next) {
    ctx.state.requestId = randomUUID();
    ctx.set("X-Request-Id", ctx.state.requestId);
    try {
      await next();
    } catch (error) {
      send(ctx, toAppError(error, ctx.state.requestId));
    }
  };
}

const corsHeaders = [
  "Access-Control-Allow-Origin",
  "Access-Control-Expose-Headers",
  "Access-Control-Allow-Credentials",
];

function send(ctx: Context, error: AppError): void {
  const { headers = {}, ...members } = error.extra;
  ctx.set(headers);
  if (error.code === "origin_not_allowed") for (const name of corsHeaders) ctx.remove(name);
  ctx.status = error.status;
  ctx.body = JSON.stringify(problemOf(error, ctx.state.requestId, members));
  ctx.type = "application/problem+json";
  ctx.set("Cache-Control", "no-store");
}

/** The problem document of an error, as HTTP answers it and sockets are refused with it. */
export function problemOf(error: AppError, requestId: string, members: object = {}): Problem {
  const { status, title } = errorTable[error.code];
  return {
    type: `${config().SIDEDESK_URL}/docs/errors#${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    requestId,
    ...members,
  };
}

/** Coded errors pass; what MongoDB's driver throws while it is away is 503; the rest is logged whole and answered as 500. */
export function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  if (isAway(error)) {
    log.warn({ err: error, requestId }, "the database is not available");
    return new AppError(
      "unavailable",
      "The database is not available. Try again in a moment; with the same Idempotency-Key nothing is done twice.",
      {
        headers: { "Retry-After": "5" },
      },
    );
  }
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === "number" && status >= 400 && status < 500)
    return new AppError(status === 413 ? "payload_too_large" : "validation_failed", "The request could not be read.");
  log.error({ err: error, requestId }, "unexpected error");
  return new AppError("internal", "The fault is logged. Repeating the call is safe.");
}
