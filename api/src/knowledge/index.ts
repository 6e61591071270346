export { replyRoutes as knowledgeRoutes } from "./reply.routes.ts";
export type { ReplyValues } from "./reply-text.ts";
export { useReply } from "./use-reply.ts";
