import type { Reply } from "@sidedesk/contract";
import type { ReplyDocument } from "./reply.model.ts";

export const presentReply = (reply: ReplyDocument): Reply => ({
  id: reply._id,
  title: reply.title,
  body: reply.body,
  category: reply.category,
  shortcut: reply.shortcut,
  personal: reply.ownerId !== null,
  usageCount: reply.usageCount,
  lastUsedAt: reply.lastUsedAt?.toISOString() ?? null,
  createdAt: reply.createdAt.toISOString(),
  updatedAt: reply.updatedAt.toISOString(),
});
