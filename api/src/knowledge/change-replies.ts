import type { ReplyInput, ReplyPatch } from "@sidedesk/contract";
import { fold } from "../core/data/fold.ts";
import { newId } from "../core/data/ids.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, invalid, notFound } from "../core/errors.ts";
import { countReplies, findByShortcut, findReply, replies, type ReplyDocument } from "./reply.model.ts";
import { personOf, type ReplyCaller } from "./reply.policy.ts";
import { unknownVariables } from "./reply-text.ts";

/** For everybody of a site, and of each person's own. */
const mostReplies = 500;

/** @throws AppError 400 for variables that do not exist, 409 for a shortcut in use */
export function createReply(caller: ReplyCaller, input: ReplyInput): Promise<ReplyDocument> {
  assertVariables(input.body);
  return oneShortcut(() =>
    transaction(async () => {
      const now = new Date();
      const ownerId = input.personal ? personOf(caller) : null;
      if ((await countReplies(caller.siteId, ownerId)) >= mostReplies)
        throw new AppError("limit_reached", `There are ${mostReplies} replies already. Delete one first.`);
      const reply = composed({
        _id: newId(),
        siteId: caller.siteId,
        ownerId,
        title: input.title,
        body: input.body,
        category: input.category ?? null,
        shortcut: input.shortcut ?? null,
        usageCount: 0,
        lastUsedAt: null,
        createdAt: now,
        updatedAt: now,
      });
      await assertFree(caller, reply);
      await replies().insertOne(reply, inSession());
      return reply;
    }),
  );
}

/** @throws AppError 400, 404, 409 */
export function updateReply(caller: ReplyCaller, id: string, patch: ReplyPatch): Promise<ReplyDocument> {
  if (patch.body !== undefined) assertVariables(patch.body);
  return oneShortcut(() =>
    transaction(async () => {
      const { shortcutKey: _was, ...before } = await getReply(caller, id);
      const { title, body, category, shortcut, personal } = patch;
      const after = composed({
        ...before,
        title: title ?? before.title,
        body: body ?? before.body,
        category: category === undefined ? before.category : category,
        shortcut: shortcut === undefined ? before.shortcut : shortcut,
        ownerId: personal === undefined ? before.ownerId : personal ? personOf(caller) : null,
        updatedAt: new Date(),
      });
      await assertFree(caller, after);
      const { _id, siteId, usageCount: _count, lastUsedAt: _at, ...set } = after;
      await replies().updateOne(
        { _id, siteId },
        { $set: set, ...(after.shortcutKey ? {} : { $unset: { shortcutKey: "" } }) },
        inSession(),
      );
      return after;
    }),
  );
}

/** @throws AppError 404 */
export async function deleteReply(caller: ReplyCaller, id: string): Promise<void> {
  await getReply(caller, id);
  await replies().deleteOne({ _id: id, siteId: caller.siteId }, inSession());
}

/** One that this caller sees. @throws AppError 404 */
export async function getReply(caller: ReplyCaller, id: string): Promise<ReplyDocument> {
  const reply = await findReply(caller.siteId, id, personOf(caller));
  if (!reply) throw notFound("reply");
  return reply;
}

type Written = Omit<ReplyDocument, "shortcutKey" | "haystack" | "titleKey">;
const composed = (reply: Written): ReplyDocument => ({
  ...reply,
  ...(reply.shortcut ? { shortcutKey: fold(reply.shortcut.replace(/^\//, "")) } : {}),
  titleKey: fold(reply.title).slice(0, 120),
  haystack: fold([reply.shortcut ?? "", reply.title, reply.category ?? "", reply.body].join("\n")),
});

function assertVariables(body: string): void {
  const unknown = unknownVariables(body);
  if (unknown.length > 0)
    throw invalid("body", `There is no variable ${unknown.map((name) => `{{${name}}}`).join(", ")}.`);
}

/** Neither a reply of everybody's nor one of the caller's own has the shortcut. */
async function assertFree(caller: ReplyCaller, { _id, siteId, shortcutKey }: ReplyDocument): Promise<void> {
  if (!shortcutKey) return;
  const other = await findByShortcut(siteId, personOf(caller), shortcutKey, _id);
  if (other) throw taken(`“${other.title}” has this shortcut.`);
}

const taken = (detail: string): AppError =>
  new AppError("conflict", detail, { errors: [{ path: "shortcut", message: detail }] });

/** Two at once: the index lets one through. */
async function oneShortcut<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (isDuplicate(error)) throw taken("Another reply has this shortcut.");
    throw error;
  }
}
