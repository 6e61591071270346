import { msg, str } from "@lit/localize";
import type { ErrorCode, Problem } from "@sidedesk/contract";
import { currentLanguage } from "./locale.ts";

type Fault = NonNullable<Problem["errors"]>[number];

/** Why a desk refuses, by what it answers. What is not here is not for the reader to put right. */
const reasons: Partial<Record<ErrorCode, (problem: Problem) => string>> = {
  validation_failed: () => msg("Something in it is missing or not as it has to be."),
  unauthenticated: () => msg("Please sign in again"),
  session_expired: () => msg("Please sign in again"),
  forbidden: () => msg("You may not do that here."),
  origin_not_allowed: () => msg("The help desk is not set up for this page."),
  not_found: () => msg("It is not here, or it belongs to somebody else."),
  illegal_transition: ({ allowed }) =>
    allowed?.length
      ? msg("That is not possible any more as it stands now.")
      : msg("This was closed a while ago. Please send a new request, which can follow up on it."),
  version_conflict: () => msg("It was changed in the meantime. Look at it again first."),
  conflict: () => msg("That is not possible any more as it stands now."),
  not_resolved: () => msg("You can rate it once it is solved."),
  idempotency_conflict: () => msg("This was sent before with other words. Please send it again."),
  limit_reached: () => msg("There are as many as there may be. Delete one first."),
  rating_closed: () => msg("A rating can be changed for seven days."),
  scan_pending: () => msg("The file is still being checked for viruses. Try again in a moment."),
  payload_too_large: () => msg("This is larger than the help desk takes."),
  unsupported_media_type: () => msg("This kind of file cannot be sent."),
  infected_file: () => msg("There is a virus in this file."),
  unreadable_file: () => msg("This file is damaged."),
  url_not_allowed: address,
  rate_limited: () => msg("That was a lot at once. Please wait a moment and try again."),
};

/** What a field has to be that only the desk can judge, by its path. */
const fields: Record<string, () => string> = {
  email: () => msg("An email looks like name@place.example"),
  category: () => msg("This topic is no longer here. Please choose another one."),
  followUpOf: () => msg("The earlier request is no longer here."),
  attachmentIds: () => msg("No longer here: files wait one day to be sent. Please choose it again."),
  until: () => msg("Choose a moment to come, at most a year ahead."),
  url: address,
};

function address(): string {
  return msg("Only public addresses that begin with https:// can be used.");
}

function faultWords({ path, least, most }: Fault, code: ErrorCode): string {
  if (least) return msg(str`A few more letters, please: at least ${least}.`);
  if (most) return msg(str`This is too long: at most ${most} letters.`);
  const [name = ""] = path.split(".");
  return fields[name]?.() ?? (code === "url_not_allowed" ? address() : msg("This is not as it has to be."));
}

/** A refusal in other words, with the desk's own for who reads logs. */
export interface Reworded extends Problem {
  original: string;
}

/** A refusal in the reader's language. In English the desk's own words stay where they are for people, and name more. */
export function reword(problem: Problem): Reworded {
  const { code, errors } = problem;
  const isOurs = currentLanguage() !== "en";
  const detail =
    isOurs || code === "not_found" || code === "rate_limited"
      ? (reasons[code]?.(problem) ?? msg("It is a problem on our side."))
      : problem.detail;
  const reworded = { ...problem, detail, original: problem.detail };
  if (errors)
    reworded.errors = errors.map((fault) =>
      isOurs || (fault.least ?? 0) > 1 || fault.most ? { ...fault, message: faultWords(fault, code) } : fault,
    );
  return reworded;
}
