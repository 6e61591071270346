import type { EmailEntry, emailQuery } from "@sidedesk/contract";
import type { z } from "zod";
import { beyond, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { AppError, notFound } from "../core/errors.ts";
import { replay } from "../core/jobs/replay.ts";
import { emails, type EmailDocument } from "./email.model.ts";
import { mailJob } from "./mail.job.ts";

/** One page of a site's mail, newest first. @throws AppError 400 */
export async function listEmails(
  siteId: string,
  query: z.output<typeof emailQuery>,
): Promise<{ data: EmailEntry[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const found = await emails()
    .find({
      siteId,
      ...(query.state ? { state: { $in: query.state.flatMap(storedAs) } } : {}),
      ...beyond<EmailDocument>("createdAt", -1, readTimeCursor(query.cursor)),
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, _id }) => timeCursor(createdAt, _id));
  return { data: rows.map(present), nextCursor };
}

/** Being tried right now shows as pending. */
const storedAs = (state: EmailEntry["state"]): EmailDocument["state"][] =>
  state === "pending" ? ["pending", "inflight"] : [state];

/** Makes a mail that failed, or still waits, due now. @throws AppError 404, 409 when it was sent or called off */
export async function retryEmail(siteId: string, id: string): Promise<EmailEntry> {
  await replay(mailJob, ofSite(siteId, id), { isWaitingToo: true });
  const email = await emails().findOne({ _id: id, siteId });
  if (!email) throw notFound("mail");
  if (email.state === "succeeded") throw new AppError("conflict", "This mail was sent.");
  if (email.state === "cancelled")
    throw new AppError("conflict", "This mail was called off: it is not wanted, or what it was about is gone.");
  return present(email);
}
const ofSite = (siteId: string, _id: string) => ({ _id, siteId });

const iso = (time: Date | undefined): string | null => time?.toISOString() ?? null;

const present = ({
  _id,
  to,
  kind,
  state,
  attempt,
  lastError,
  createdAt,
  sentAt,
  nextAttemptAt,
}: EmailDocument): EmailEntry => ({
  id: _id,
  to,
  kind,
  // Being tried right now is a moment of waiting.
  state: state === "inflight" ? "pending" : state,
  attempts: attempt,
  error: state === "succeeded" ? null : (lastError?.message ?? null),
  createdAt: createdAt.toISOString(),
  sentAt: iso(sentAt),
  // Of one never tried only when it waits, as for the end of quiet hours.
  nextAttemptAt:
    state === "pending" && (nextAttemptAt?.getTime() ?? 0) > (attempt > 0 ? 0 : Date.now()) ? iso(nextAttemptAt) : null,
});
