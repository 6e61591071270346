import { randomUUID } from "node:crypto";
import type { Problem } from "@sidedesk/contract";
import type { Socket } from "socket.io";
import { z } from "zod";
import type { Caller, CustomerCaller, StaffCaller } from "../caller.ts";
import { AppError, forbidden } from "../errors.ts";
import { problemOf, toAppError } from "../http/problems.ts";
import type { LiveDeps } from "./attach-live.ts";

/** Whoever may hold a live connection. */
export type LiveCaller = CustomerCaller | StaffCaller;

/** Who came, from where, and what they saw last. */
export interface Arrival {
  caller: LiveCaller;
  origin: string | undefined;
  lastEventId: string | undefined;
  /** Asks once more whether the token is good, and the page allowed. @throws AppError as {@link handshake} */
  confirm(): Promise<Caller>;
}

const authShape = z.strictObject({
  token: z.string().max(8192).nullish(),
  lastEventId: z.string().max(64).nullish(),
  site: z.string().max(63).nullish(),
});

/** Finds out who connects and whether they may. @throws AppError as the HTTP API would answer */
export async function handshake({ handshake: { auth, headers } }: Socket, deps: LiveDeps): Promise<Arrival> {
  const parsed = authShape.safeParse(auth ?? {});
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => ({
      path: ["auth", ...issue.path].join("."),
      message: issue.message,
    }));
    throw new AppError("validation_failed", "The handshake's auth is {token, lastEventId?, site?}, each a string.", {
      errors,
    });
  }
  const { token, lastEventId, site } = parsed.data;
  if (!token) throw new AppError("unauthenticated");
  const { origin } = headers;
  const confirm = async (): Promise<Caller> => {
    const caller = await deps.authenticate(token, site ? { site } : {});
    if (origin !== undefined && !(await deps.originAllowed(caller, origin))) throw new AppError("origin_not_allowed");
    return caller;
  };
  const caller = await confirm();
  if (caller.kind !== "customer" && caller.kind !== "staff")
    throw forbidden("Live connections are for customers and staff.");
  return { caller, origin, lastEventId: lastEventId ?? undefined, confirm };
}

/** Any error as the problem a client sees. What is not meant for callers is logged whole under the request id. */
export function problemFor(error: unknown): Problem {
  const requestId = randomUUID();
  const known = toAppError(error, requestId);
  const { headers: _headers, ...members } = known.extra;
  return problemOf(known, requestId, members);
}

/** A refusal as Socket.IO carries it to the client's `connect_error`: its `data` is the problem. */
export const refusal = (problem: Problem): Error & { data: Problem } =>
  Object.assign(new Error(problem.title), { data: problem });
