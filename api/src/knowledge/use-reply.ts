import { notFound } from "../core/errors.ts";
import { getReply } from "./change-replies.ts";
import { countUse } from "./reply.model.ts";
import type { ReplyCaller } from "./reply.policy.ts";
import { fillIn, type ReplyValues } from "./reply-text.ts";

/** A reply's text for one ticket, and one use more of it. @throws AppError 404 */
export async function useReply(caller: ReplyCaller, id: string, values: ReplyValues): Promise<string> {
  await getReply(caller, id);
  const reply = await countUse(caller.siteId, id);
  if (!reply) throw notFound("reply");
  return fillIn(reply.body, values);
}
