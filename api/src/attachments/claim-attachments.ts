import type { Caller } from "../core/caller.ts";
import { inSession, type OpenTransaction } from "../core/data/transaction.ts";
import { AppError, invalid } from "../core/errors.ts";
import { attachments, findAttachments, type AttachmentDocument, type Uploader } from "./attachment.model.ts";

/** What uses files: a ticket's description, or one of its comments. */
export interface Use {
  ticketId: string;
  commentId: string | null;
  customerId: string;
  visibility: "public" | "internal";
}

/** Who sends a file in, as kept with it. */
export function uploaderOf(caller: Exclude<Caller, { kind: "public" }>): Uploader {
  if (caller.kind === "customer") return { kind: "customer", id: caller.customerId };
  return caller.kind === "staff" ? { kind: "staff", id: caller.staffId } : { kind: "server", id: null };
}

/**
 * Gives uploads of the caller to a message, as part of the open transaction: each is used once.
 * @returns their ids, each once, in the order given; undefined when there are none
 * @throws AppError 400 at `attachmentIds` for what is unknown, somebody else's or used; 422 for what is infected
 */
export async function claimAttachments(
  caller: Exclude<Caller, { kind: "public" }>,
  given: readonly string[] | undefined,
  use: Use,
  open: OpenTransaction,
): Promise<string[] | undefined> {
  if (!given || given.length === 0) return undefined;
  const { siteId } = caller;
  const ids = [...new Set(given)];
  const { kind, id } = uploaderOf(caller);
  const { ticketId, commentId, customerId, visibility } = use;
  const { modifiedCount } = await attachments().updateMany(
    { _id: { $in: ids }, siteId, ticketId: null, "uploader.kind": kind, "uploader.id": id, scan: { $ne: "infected" } },
    { $set: { ticketId, commentId, customerId, visibility } },
    inSession(open),
  );
  if (modifiedCount === ids.length) return ids;
  const found = await findAttachments(siteId, ids, open);
  const infected = found.find((file) => file.scan === "infected" && isOwn(file, { kind, id }));
  if (infected) throw new AppError("infected_file", `${infected.name} is infected and cannot be sent. Take it out.`);
  throw invalid("attachmentIds", "There is no such file, or it was used already.");
}

export const isOwn = ({ uploader }: AttachmentDocument, { kind, id }: Uploader): boolean =>
  uploader.kind === kind && uploader.id === id;

/**
 * Moves files to another ticket (and its customer), as part of the open transaction: when comments move, their files do.
 * Where they are shown is for the caller to say.
 */
export async function moveAttachments(
  siteId: string,
  ids: readonly string[],
  from: string,
  to: { ticketId: string; customerId: string },
): Promise<void> {
  if (ids.length === 0) return;
  const { ticketId, customerId } = to;
  const filter = { _id: { $in: [...ids] }, siteId, ticketId: from };
  await attachments().updateMany(filter, { $set: { ticketId, customerId } }, inSession());
}
