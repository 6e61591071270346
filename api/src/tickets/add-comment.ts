import { ticketStatuses, type CommentInput, type TicketStatus } from "@sidedesk/contract";
import { reopenDays, statusAfterComment } from "@sidedesk/contract/lifecycle";
import type { mongo } from "mongoose";
import { claimAttachments } from "../attachments/index.ts";
import { actorOf } from "../core/caller.ts";
import { newId } from "../core/data/ids.ts";
import { handedTransaction, inSession, type OpenTransaction } from "../core/data/transaction.ts";
import { notFound } from "../core/errors.ts";
import { recordAll, type Happened } from "../core/events/record.ts";
import { clockProjection, moveClock } from "./comment-clock.ts";
import { comments, type CommentDocument } from "./comment.model.ts";
import { safeHtml } from "./markdown.ts";
import { findMentioned } from "./mentions.ts";
import { wordsOf } from "./search-words.ts";
import { endedMs, waitsAgainMs } from "./sla.ts";
import { findTicketItself, ticketFilter, tickets, type TicketDocument } from "./ticket.model.ts";
import {
  assertMayNote,
  assertMayWrite,
  closedLongAgo,
  ownOnly,
  type Audience,
  type TicketCaller,
} from "./ticket.policy.ts";

/**
 * Adds a comment; who wrote it decides whether the ticket waits for the customer or for staff. The ticket is read and
 * changed in one step, so that comments and changes made at the same moment lose nothing.
 * @param channel how it came, when that does not follow from who wrote it
 * @throws AppError 400, 403, 404, 409 when a customer writes to what was closed too long ago, 422 for an infected file
 */
export async function addComment(
  caller: TicketCaller,
  ref: string,
  input: CommentInput,
  channel?: "email",
): Promise<CommentDocument> {
  assertMayWrite(caller);
  const visibility = input.visibility ?? "public";
  if (visibility === "internal") assertMayNote(caller);
  const { body } = input;
  const mentioned = visibility === "internal" ? await findMentioned(caller.siteId, body) : undefined;
  const mentions = mentioned?.size ? { mentions: [...mentioned.keys()] } : {};
  const html = safeHtml(body, mentioned);
  const words = wordsOf(body);
  const who: Audience = caller.kind === "customer" ? "customer" : "staff";
  return handedTransaction(async (open) => {
    const now = new Date();
    const change = visibility === "public" ? publicChange(who, now, words) : noteChange(words);
    const ticket = await changeTicket(caller, ref, change, now, open);
    if (visibility === "public") await moveClock(ticket, who, now, open);
    const { _id: ticketId, siteId, customer } = ticket;
    const commentId = newId();
    const use = { ticketId, commentId, customerId: customer.id, visibility };
    const attachmentIds = await claimAttachments(caller, input.attachmentIds, use, open);
    const comment: CommentDocument = {
      _id: commentId,
      siteId,
      ticketId,
      author: authorOf(caller),
      body,
      html,
      visibility,
      createdAt: now,
      ...mentions,
      ...(attachmentIds ? { attachmentIds } : {}),
    };
    await comments().insertOne(comment, inSession(open));
    const way = channel ? { channel } : {};
    const by = { siteId, actor: actorOf(caller) };
    const said = { ticketId, commentId, customerId: customer.id, visibility, ...mentions, ...way };
    const status = visibility === "public" ? statusAfterComment(ticket.status, who) : ticket.status;
    const happened: Happened[] = [{ type: "comment.created", by, data: said }];
    if (status !== ticket.status) {
      const moved = { before: { status: ticket.status }, after: { status }, reason: "comment" as const };
      const data = { ticketId, customerId: customer.id, version: ticket.version + 1, ...moved, ...way };
      happened.push({ type: "ticket.status_changed", by, data });
    }
    await recordAll(happened, open);
    return comment;
  });
}

/** A server key writes as staff, under its label. */
function authorOf(caller: TicketCaller): CommentDocument["author"] {
  if (caller.kind === "customer") return { type: "customer", id: caller.customerId, name: caller.name };
  return { type: "staff", id: caller.kind === "staff" ? caller.staffId : caller.keyId, name: caller.name };
}

type Before = Pick<TicketDocument, "_id" | "siteId" | "status" | "version" | "customer" | keyof typeof clockProjection>;

/** Changes the ticket and answers how it was before. */
async function changeTicket(
  caller: TicketCaller,
  ref: string,
  change: Document,
  now: Date,
  open: OpenTransaction,
): Promise<Before> {
  const own = ownOnly(caller);
  const tooOld = new Date(now.getTime() - reopenDays * 86_400_000);
  const filter = {
    ...ticketFilter(caller.siteId, ref, own),
    mergedInto: null,
    ...(own ? { $nor: [{ status: "closed" as const, closedAt: { $lt: tooOld } }] } : {}),
  };
  const before = await tickets().findOneAndUpdate(filter, [{ $set: change }], {
    projection: { siteId: 1, status: 1, version: 1, customer: 1, ...clockProjection },
    ...inSession(open),
  });
  if (before) return before;
  const found = await findTicketItself(caller.siteId, ref, own, open);
  if (found?.mergedInto) return changeTicket(caller, found.mergedInto, change, now, open);
  if (own && found) throw closedLongAgo();
  throw notFound("ticket");
}

type Document = mongo.Document;

const mostWords = 20_000;
/** Adds to a set of words unless it is longer than any conversation gets. */
const joined = (field: string, words: Document | string[]): Document => ({
  $cond: [{ $gt: [{ $size: field }, mostWords] }, field, { $setUnion: [field, words] }],
});
const raised = { $add: ["$version", 1] };

/** As `clockSort` has it; before the first answer `moveClock` sees to it. */
const onceAnswered = (then: Document | Date): Document => ({
  $cond: [{ $and: ["$firstRespondedAt", "$slaDueAt"] }, then, "$slaSort"],
});

/** The lifecycle table as an expression over the status that the ticket has when the update reaches it. */
const nextStatus = (who: Audience): Document => ({
  $switch: {
    branches: ticketStatuses.map((from: TicketStatus) => ({
      case: { $eq: ["$status", from] },
      then: statusAfterComment(from, who),
    })),
    default: "$status",
  },
});

function publicChange(who: Audience, now: Date, words: string[]): Document {
  const said = { $literal: words };
  const byAuthor =
    who === "customer"
      ? {
          lastCustomerMessageAt: now,
          resolvedAt: null,
          closedAt: null,
          resolutionSeconds: "$$REMOVE",
          slaSort: onceAnswered(new Date(now.getTime() + waitsAgainMs)),
        }
      : {
          lastStaffMessageAt: now,
          slaSort: onceAnswered({ $add: ["$slaDueAt", endedMs] }),
          firstRespondedAt: { $ifNull: ["$firstRespondedAt", now] },
          firstResponseSeconds: {
            $ifNull: ["$firstResponseSeconds", { $divide: [{ $subtract: [now, "$createdAt"] }, 1000] }],
          },
        };
  return {
    status: nextStatus(who),
    ...byAuthor,
    commentCount: { $add: ["$commentCount", 1] },
    updatedAt: now,
    version: raised,
    words: joined("$words", said),
    noteWords: { $setDifference: ["$noteWords", said] },
  };
}

/** A note moves nothing, neither `updatedAt` nor `version`: its customer must not learn that somebody wrote one. Words that stand in notes alone are kept apart, so that no customer finds by them. */
function noteChange(words: string[]): Document {
  const said = { $literal: words };
  return {
    noteCount: { $add: ["$noteCount", 1] },
    words: joined("$words", said),
    noteWords: joined("$noteWords", { $setDifference: [said, "$words"] }),
  };
}
