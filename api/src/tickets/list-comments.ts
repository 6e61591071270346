import type { Comment, conversationQuery } from "@sidedesk/contract";
import type { z } from "zod";
import { decodeCursor, encodeCursor } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
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
  const after = query.cursor ? readCursor(query.cursor) : undefined;
  const ticket = await getTicket(caller.siteId, ref, ownOnly(caller));
  const rows = await findComments(ticket.siteId, ticket._id, {
    withNotes: caller.kind !== "customer",
    limit: limit + 1,
    newestFirst: query.sort === "-createdAt",
    ...(after ? { after } : {}),
  });
  const more = rows.length > limit;
  if (more) rows.pop();
  const last = rows.at(-1);
  return {
    data: await presentComments(ticket.siteId, rows),
    nextCursor: more && last ? encodeCursor([last.createdAt.getTime(), last._id]) : null,
  };
}

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const [at, id] = decodeCursor(cursor, ["n", "s"]);
  const createdAt = new Date(Number(at));
  if (Number.isNaN(createdAt.getTime())) throw invalid("cursor", "Take it from `nextCursor` of the page before.");
  return { createdAt, id: String(id) };
}
