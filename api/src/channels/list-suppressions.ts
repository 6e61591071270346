import type { MailSuppression, suppressionQuery } from "@sidedesk/contract";
import type { z } from "zod";
import type { Caller } from "../core/caller.ts";
import { audit } from "../core/data/audit.ts";
import { beyond, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { notFound } from "../core/errors.ts";
import { suppressions, type SuppressionDocument } from "./suppression.model.ts";

/** One page of the addresses that a site writes to no more, newest first. @throws AppError 400 */
export async function listSuppressions(
  siteId: string,
  { limit = 50, cursor }: z.output<typeof suppressionQuery>,
): Promise<{ data: MailSuppression[]; nextCursor: string | null }> {
  const found = await suppressions()
    .find({ siteId, ...beyond<SuppressionDocument>("at", -1, readTimeCursor(cursor)) })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ at, _id }) => timeCursor(at, _id));
  const data = rows.map(({ _id, email, reason, at }) => ({ id: _id, email, reason, at: at.toISOString() }));
  return { data, nextCursor };
}

/** Somebody of the staff knows better than what came back. The audit names no address. @throws AppError 404 */
export const liftListed = (caller: Caller, id: string): Promise<void> =>
  transaction(async () => {
    const { deletedCount } = await suppressions().deleteOne({ _id: id, siteId: caller.siteId }, inSession());
    if (deletedCount === 0) throw notFound("address");
    await audit(caller, "mail.suppression_lifted", { target: { type: "suppression", id, name: "" } });
  });
