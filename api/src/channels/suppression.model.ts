import mongoose, { Schema, type mongo } from "mongoose";
import { idOf } from "../core/data/ids.ts";
import { loadById } from "../core/data/load-by-id.ts";
import { inSession } from "../core/data/transaction.ts";

/** An address that a site writes to no more, because mail to it came back. */
export interface SuppressionDocument {
  /** Of site and address. */
  _id: string;
  siteId: string;
  email: string;
  /** What its mail server said. */
  reason: string;
  at: Date;
}

const schema = new Schema<SuppressionDocument>(
  { _id: String, siteId: String, email: String, reason: String, at: Date },
  { collection: "mail_suppressions", versionKey: false },
);
schema.index({ siteId: 1, at: -1, _id: -1 }); // a site's list
const SuppressionModel = mongoose.model<SuppressionDocument>("MailSuppression", schema);
export const suppressions = (): mongo.Collection<SuppressionDocument> =>
  SuppressionModel.db.collection<SuppressionDocument>("mail_suppressions");

const suppressionId = (siteId: string, email: string): string => idOf(siteId, email.toLowerCase());

const load = loadById(suppressions, { _id: 1 });
/** For the job that sends, read together with what others ask for. */
export const isSuppressed = async (siteId: string, email: string): Promise<boolean> =>
  (await load(suppressionId(siteId, email))) !== null;

/** No mail goes there any more. Part of the open transaction if there is one. */
export async function suppressAddress(siteId: string, email: string, reason: string): Promise<void> {
  const kept = { siteId, email: email.toLowerCase(), reason: reason.slice(0, 300), at: new Date() };
  await suppressions().updateOne(
    { _id: suppressionId(siteId, email) },
    { $set: kept },
    { upsert: true, ...inSession() },
  );
}

/** Mail goes there again: somebody wrote from the address, or is gone. */
export async function liftSuppression(siteId: string, email: string): Promise<void> {
  await suppressions().deleteOne({ _id: suppressionId(siteId, email) }, inSession());
}

/** The same for all that some mails went to. */
export async function liftSuppressions(mails: readonly { siteId: string; to: string }[]): Promise<void> {
  const ids = [...new Set(mails.map(({ siteId, to }) => suppressionId(siteId, to)))];
  await suppressions().deleteMany({ _id: { $in: ids } }, inSession());
}
