/**
 * Every coded error the API answers with: its HTTP status and its title. The page at a problem's `type`
 * (`/docs/errors#<code>`) is generated from this table, so a code without a description does not type-check.
 */
export const errorTable = {
  validation_failed: {
    status: 400,
    title: "The request is not valid",
    description: "One or more values are missing, unknown or out of bounds. `errors` names each by its path.",
  },
  malformed_json: {
    status: 400,
    title: "The body is not JSON",
    description: "The body could not be read as JSON in UTF-8. Check quotes, commas and encoding.",
  },
  unauthenticated: {
    status: 401,
    title: "Sign-in needed",
    description:
      "No credential, or one that is not valid. Send a session token or a secret key as `Authorization: Bearer`.",
  },
  session_expired: {
    status: 401,
    title: "The session has ended",
    description: "The session token was valid but has expired. Renew it and repeat the request.",
  },
  totp_required: {
    status: 401,
    title: "A code is needed",
    description: "This account signs in with a one-time code. Repeat the call with `code`.",
  },
  forbidden: { status: 403, title: "Not allowed", description: "This kind of caller, or this role, may not do that." },
  origin_not_allowed: {
    status: 403,
    title: "This origin is not allowed",
    description: "The site does not list the page's origin. An owner or admin adds it in the site's set-up.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    description: "There is no such thing, or it belongs to somebody else.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    description: "The address exists, but not with this method. `Allow` names the methods that do.",
  },
  ticket_immutable: {
    status: 405,
    title: "Tickets cannot be deleted",
    description:
      "A ticket is a record of what was agreed. Close it instead; closed tickets leave by the site's retention, a person's data by erasure.",
  },
  illegal_transition: {
    status: 409,
    title: "The status cannot change like this",
    description: "`allowed` lists the statuses this caller may set from the present one.",
  },
  version_conflict: {
    status: 409,
    title: "Somebody else changed it first",
    description: "The version sent is no longer the present one; `current` holds the thing as it is now.",
  },
  conflict: {
    status: 409,
    title: "This does not fit what is there",
    description: "The request is valid by itself, but something that exists stands against it; `detail` says what.",
  },
  not_resolved: {
    status: 409,
    title: "Not resolved yet",
    description: "A rating can be given once the ticket is resolved or closed.",
  },
  idempotency_conflict: {
    status: 409,
    title: "The repeat key was used for something else",
    description: "The same `Idempotency-Key` came with another body within 24 hours. Use a new key for a new request.",
  },
  limit_reached: {
    status: 409,
    title: "The limit is reached",
    description: "There may be only so many of these; `detail` says how many. Delete one first.",
  },
  rating_closed: {
    status: 409,
    title: "The rating can no longer change",
    description: "A rating may be changed for seven days.",
  },
  scan_pending: {
    status: 409,
    title: "The file is still being checked",
    description: "The virus scan has not finished. Try again in a moment.",
  },
  payload_too_large: {
    status: 413,
    title: "Too large",
    description: "The body or file is larger than allowed; `detail` says how large it may be.",
  },
  unsupported_media_type: {
    status: 415,
    title: "This type is not accepted",
    description: "Send JSON as `application/json` in UTF-8, uncompressed, or a file of an allowed type.",
  },
  infected_file: {
    status: 422,
    title: "The file is infected",
    description: "The virus scan found something. The file cannot be downloaded.",
  },
  unreadable_file: {
    status: 422,
    title: "The file cannot be read",
    description: "The file is damaged or not what its type says.",
  },
  url_not_allowed: {
    status: 400,
    title: "This address is not allowed",
    description: "Only public https addresses may be called; `detail` names the rule.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    description: "Wait for the seconds in `Retry-After`, then try again.",
  },
  internal: {
    status: 500,
    title: "Something went wrong on our side",
    description: "The fault is logged under `requestId`. Repeating the call with the same `Idempotency-Key` is safe.",
  },
  unavailable: {
    status: 503,
    title: "Not available right now",
    description:
      "A service this depends on is down; `detail` names it. Try again in a moment; with the same `Idempotency-Key` nothing is done twice.",
  },
} as const satisfies Record<string, { status: number; title: string; description: string }>;

export type ErrorCode = keyof typeof errorTable;

/** RFC 9457 problem document, the body of every answer of 400 and above. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  requestId: string;
  /** With what is too short or too long, how many characters it has to have `least` or `most`. */
  errors?: { path: string; message: string; least?: number; most?: number }[];
  /** With `illegal_transition`: the statuses that are allowed. */
  allowed?: string[];
  /** With `version_conflict`: the thing as it is now. */
  current?: unknown;
  /** With a failed staff sign-in: how many tries are left before a pause. */
  triesLeft?: number;
}
