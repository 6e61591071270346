import type { Attachment, Comment } from "@sidedesk/contract";
import { presentAttachments } from "../attachments/index.ts";
import type { CommentDocument } from "./comment.model.ts";

const presentWith = (comment: CommentDocument, attachments: Attachment[]): Comment => ({
  id: comment._id,
  ticketId: comment.ticketId,
  author: { type: comment.author.type, id: comment.author.id, name: comment.author.name },
  body: comment.body,
  html: comment.html,
  visibility: comment.visibility,
  attachments,
  createdAt: comment.createdAt.toISOString(),
});

/** Presents some of a site's comments at once: the files of all of them are one read, and none when there are none. */
export async function presentComments(siteId: string, list: readonly CommentDocument[]): Promise<Comment[]> {
  const files = await presentAttachments(
    siteId,
    list.map(({ attachmentIds }) => attachmentIds),
  );
  return list.map((comment, index) => presentWith(comment, files[index] ?? []));
}

export async function presentComment(comment: CommentDocument): Promise<Comment> {
  const [files] = await presentAttachments(comment.siteId, [comment.attachmentIds]);
  return presentWith(comment, files ?? []);
}
