import type { Comment, conversationQuery } from "@sidedesk/contract";
import type { z } from "zod";
import { pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { findComments } from "./comment.model.ts";
import { presentComments } from "./comment.presenter.ts";
import { getTicket } from "./ticket.model.ts";
import { ownOnly, type TicketCaller } from "./ticket.policy.ts";

/** One page of a ticket's conversation, oldest first unless asked otherwise. @throws AppError 400, 404 */
export async function listComments(
  caller: TicketCaller,
  ref: string,
  query: z.output<typeof conversationQuery>,
): Promise<{ data: Comment[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const after = readTimeCursor(query.cursor);
  const ticket = await getTicket(caller.siteId, ref, ownOnly(caller));
  const found = await findComments(ticket.siteId, ticket._id, {
    withNotes: caller.kind !== "customer",
    limit: limit + 1,
    newestFirst: query.sort === "-createdAt",
    after,
  });
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, _id }) => timeCursor(createdAt, _id));
  return { data: await presentComments(ticket.siteId, rows), nextCursor };
}
