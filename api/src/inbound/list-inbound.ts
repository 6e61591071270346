import type { InboundMail, InboundSetup, inboundQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import type { z } from "zod";
import { siteAddress } from "../channels/index.ts";
import { storage } from "../attachments/index.ts";
import { config } from "../core/config.ts";
import { beyond, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { AppError, notFound } from "../core/errors.ts";
import { streamed, type Answer } from "../core/http/answer.ts";
import { wake } from "../core/jobs/alarms.ts";
import { getSite } from "../sites/index.ts";
import { findLinked } from "../tickets/index.ts";
import { inboundJob } from "./inbound.job.ts";
import { inboundMails, stateOf, type InboundDocument } from "./inbound.model.ts";
import { findMailbox, mailboxId } from "./mailbox.model.ts";

/** One page of the mails that came in for a site, newest first. @throws AppError 400 */
export async function listInbound(
  siteId: string,
  query: z.output<typeof inboundQuery>,
): Promise<{ data: InboundMail[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const wanted = query.state?.map((state) => storedAs[state]);
  const found = await inboundMails()
    .find({
      siteId,
      ...(wanted ? { $and: [{ $or: wanted }] } : {}),
      ...beyond<InboundDocument>("receivedAt", -1, readTimeCursor(query.cursor)),
    })
    .sort({ receivedAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ receivedAt, _id }) => timeCursor(receivedAt, _id));
  return { data: await present(siteId, rows), nextCursor };
}

const storedAs: Record<InboundMail["state"], mongo.Filter<InboundDocument>> = {
  received: { outcome: null, state: { $ne: "failed" } },
  accepted: { outcome: "accepted" },
  refused: { outcome: "refused" },
  failed: { outcome: null, state: "failed" },
};

async function present(siteId: string, rows: readonly InboundDocument[]): Promise<InboundMail[]> {
  const tickets = await findLinked(siteId, [...new Set(rows.flatMap(({ ticketId }) => ticketId ?? []))]);
  return rows.map((row) => {
    const ticket = tickets.get(row.ticketId ?? "");
    return {
      id: row._id,
      state: stateOf(row),
      reason: row.reason,
      detail: row.outcome ? row.detail : (row.lastError?.message ?? null),
      kind: row.kind,
      from: row.from,
      subject: row.subject,
      source: row.source,
      size: row.size,
      receivedAt: row.receivedAt.toISOString(),
      attempts: row.attempt,
      ticket: ticket ? { id: ticket._id, number: ticket.number } : null,
      files: row.files,
    };
  });
}

/** Judges a mail again that failed or was turned away: what stood against it may be set right. @throws AppError 404, 409 */
export async function retryInbound(siteId: string, id: string): Promise<InboundMail> {
  const isEnded = {
    $or: [
      { outcome: "refused" as const, reason: { $ne: "too_large" as const } },
      { outcome: null, state: "failed" as const },
    ],
  };
  await inboundMails().updateOne({ _id: id, siteId, ...isEnded }, [
    { $set: { state: "pending", failures: 0, nextAttemptAt: "$$NOW", outcome: null, reason: null, detail: null } },
    { $unset: ["settledAt", "expireAt"] },
  ]);
  const mail = await getInbound(siteId, id);
  if (mail.outcome === "accepted") throw new AppError("conflict", "This mail was taken.");
  if (mail.reason === "too_large") throw new AppError("conflict", "This mail was too large to be kept.");
  wake(inboundJob);
  return (await present(siteId, [mail]))[0]!;
}

async function getInbound(siteId: string, id: string): Promise<InboundDocument> {
  const mail = await inboundMails().findOne({ _id: id, siteId });
  if (!mail) throw notFound("mail");
  return mail;
}

/** The mail as it came, to be saved: never as a page. @throws AppError 404 */
export async function openOriginal(siteId: string, id: string): Promise<Answer> {
  const { key } = await getInbound(siteId, id);
  const source = await (await storage()).open(key).catch(() => {
    throw notFound("mail");
  });
  const headers = {
    "Content-Disposition": `attachment; filename="mail-${id}.eml"`,
    "X-Content-Type-Options": "nosniff",
  };
  return streamed(source, { type: "message/rfc822", headers });
}

/** How mail comes in for a site. */
export async function presentSetup(siteId: string): Promise<InboundSetup> {
  const { slug, settings } = await getSite(siteId);
  const {
    SIDEDESK_INBOUND_IMAP_URL: url,
    SIDEDESK_INBOUND_SECRET: secret,
    SIDEDESK_INBOUND_ADDRESS: address,
  } = config();
  const mailbox = url ? await findMailbox(mailboxId(url)) : null;
  return {
    enabled: address !== undefined,
    address: siteAddress(slug) ?? null,
    newTickets: settings.channels.email.inbound?.newTickets ?? false,
    checksSenders: config().SIDEDESK_INBOUND_AUTHSERV_ID !== undefined,
    http: secret !== undefined,
    mailbox: url
      ? {
          state: mailbox?.state ?? "connecting",
          error: mailbox?.error ?? null,
          lookedAt: mailbox?.lookedAt?.toISOString() ?? null,
        }
      : null,
  };
}
