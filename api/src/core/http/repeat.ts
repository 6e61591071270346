import { createHash } from "node:crypto";
import mongoose, { Schema } from "mongoose";
import { isDuplicate } from "../data/is-duplicate.ts";
import { decrypt, encrypt } from "../data/secrets.ts";
import { inSession, transaction } from "../data/transaction.ts";
import { AppError } from "../errors.ts";
import type { Answer } from "./answer.ts";

interface Kept {
  _id: string;
  bodyHash: string;
  answer: string;
  /** Whose site it was, where there is one. */
  siteId: string | null;
  createdAt: Date;
}
const keptSeconds = 86_400;
const schema = new Schema<Kept>(
  { _id: String, bodyHash: String, answer: String, siteId: String, createdAt: Date },
  { collection: "repeats", versionKey: false },
);
schema.index({ createdAt: 1 }, { expireAfterSeconds: keptSeconds }); // and forgetAnswers
const RepeatModel = mongoose.model<Kept>("Repeat", schema);

/** Names a repeat key within its caller and route. @throws AppError 400 for a key that is empty or too long. */
export function repeatId(key: string, scope: string, route: string): string {
  if (key.length === 0 || key.length > 255)
    throw new AppError("validation_failed", "An Idempotency-Key has 1 to 255 characters.", {
      errors: [{ path: "Idempotency-Key", message: "1 to 255 characters." }],
    });
  return createHash("sha256").update(`${scope}\n${route}\n${key}`).digest("base64url");
}

/** The answer kept under this key. @throws AppError 409 when it was given for another body. */
export async function findRepeat(id: string, body: unknown): Promise<Answer | undefined> {
  const kept = await RepeatModel.collection.findOne({ _id: id as never });
  if (!kept || Date.now() - (kept["createdAt"] as Date).getTime() > keptSeconds * 1000) return undefined;
  if (kept["bodyHash"] !== hashOf(body))
    throw new AppError("idempotency_conflict", "This Idempotency-Key was used with another body in the last 24 hours.");
  const answer = JSON.parse(decrypt(String(kept["answer"]))) as Answer;
  return { ...answer, headers: { ...answer.headers, "Idempotency-Replayed": "true" } };
}

/**
 * Runs a handler and keeps its answer in the same transaction: either both are there or neither, whatever is killed when.
 * A second call that runs at the same time conflicts on the key, waits for the first by the driver's retry, and replays.
 */
export async function runOnce(
  id: string,
  body: unknown,
  run: () => Promise<Answer> | Answer,
  siteId: string | null = null,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction(() => keepAnswer(id, body, run, siteId));
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const replay = await findRepeat(id, body);
      if (replay) return replay;
      // Not this key was taken but something the handler wrote, such as a number minted twice: it may try another.
      if (attempt === 5) throw error;
    }
  }
}

async function keepAnswer(
  id: string,
  body: unknown,
  run: () => Promise<Answer> | Answer,
  siteId: string | null,
): Promise<Answer> {
  const answer = await run();
  const old = new Date(Date.now() - keptSeconds * 1000);
  await RepeatModel.collection.deleteOne({ _id: id as never, createdAt: { $lt: old } }, inSession());
  const kept = {
    _id: id as never,
    bodyHash: hashOf(body),
    answer: encrypt(JSON.stringify(answer)),
    siteId,
    createdAt: new Date(),
  };
  await RepeatModel.collection.insertOne(kept, inSession());
  return answer;
}

/**
 * Forgets the answers to a site's callers that speak of somebody. They are encrypted, so each is read; there are those of one
 * day. Repeating such a call runs it again.
 */
export async function forgetAnswers(siteId: string, isAbout: (text: string) => boolean): Promise<void> {
  const since = new Date(Date.now() - keptSeconds * 1000);
  for await (const kept of RepeatModel.collection.find({ createdAt: { $gte: since }, siteId })) {
    if (isAbout(decrypt(String(kept["answer"])))) await RepeatModel.collection.deleteOne({ _id: kept._id });
  }
}

const hashOf = (body: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(body) ?? "")
    .digest("base64url");
