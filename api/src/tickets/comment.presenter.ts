import type { Comment } from "@sidedesk/contract";
import type { CommentDocument } from "./comment.model.ts";

export const presentComment = (comment: CommentDocument): Comment => ({
  id: comment._id,
  ticketId: comment.ticketId,
  author: { type: comment.author.type, id: comment.author.id, name: comment.author.name },
  body: comment.body,
  html: comment.html,
  visibility: comment.visibility,
  attachments: [],
  createdAt: comment.createdAt.toISOString(),
});
