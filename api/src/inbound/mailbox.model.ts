import mongoose, { Schema, type mongo } from "mongoose";
import { idOf } from "../core/data/ids.ts";

/** A mailbox that is read, and how far: whoever holds the lease reads it. `_id` is made from server, user and folder. */
export interface MailboxDocument {
  _id: string;
  holder: string | null;
  leaseUntil: Date;
  /** What a UID counts under (RFC 3501): another one, and all UIDs are others. */
  uidValidity: string | null;
  /** Everything up to here is kept, and marked or moved. */
  lastUid: number;
  /** Mails below that number which the server would not hand out: asked for again at each look. */
  refused?: number[];
  lookedAt: Date | null;
  state: "connecting" | "connected" | "failed";
  error: string | null;
  failures: number;
  notBefore: Date;
}

const schema = new Schema<MailboxDocument>(
  { _id: String },
  { collection: "inbound_mailboxes", versionKey: false, strict: false, minimize: false },
);
const MailboxModel = mongoose.model<MailboxDocument>("InboundMailbox", schema);
const mailboxes = (): mongo.Collection<MailboxDocument> =>
  MailboxModel.db.collection<MailboxDocument>("inbound_mailboxes");

export const mailboxId = (url: string): string => {
  const { hostname, port, username, pathname } = new URL(url);
  return idOf(hostname, port, username, pathname);
};

/** A killed reader's mailbox is somebody else's after this long. */
const leaseMs = 30_000;
const leaseUntil = { $add: ["$$NOW", leaseMs] };

export const findMailbox = (_id: string): Promise<MailboxDocument | null> => mailboxes().findOne({ _id });

/** Takes the mailbox, if nobody has it and it is time to try; by the database's clock. */
export async function claimMailbox(_id: string, holder: string): Promise<MailboxDocument | null> {
  const begun = {
    holder: null,
    leaseUntil: new Date(0),
    uidValidity: null,
    lastUid: 0,
    lookedAt: null,
    state: "connecting" as const,
    error: null,
    failures: 0,
    notBefore: new Date(0),
  };
  await mailboxes().updateOne({ _id }, { $setOnInsert: begun }, { upsert: true });
  const isFree = { $expr: { $and: [{ $lte: ["$leaseUntil", "$$NOW"] }, { $lte: ["$notBefore", "$$NOW"] }] } };
  return mailboxes().findOneAndUpdate({ _id, ...isFree }, [{ $set: { holder, leaseUntil } }], {
    returnDocument: "after",
  });
}

/** Keeps it for another while. @returns whether it is still the holder's */
export async function keepMailbox(_id: string, holder: string): Promise<boolean> {
  const { matchedCount } = await mailboxes().updateOne({ _id, holder }, [{ $set: { leaseUntil } }]);
  return matchedCount === 1;
}

/** What the holder has to say of it. */
export const noteMailbox = (
  _id: string,
  holder: string,
  said: Partial<
    Pick<MailboxDocument, "uidValidity" | "lastUid" | "refused" | "lookedAt" | "state" | "error" | "failures">
  >,
): Promise<unknown> => mailboxes().updateOne({ _id, holder }, { $set: said });

const longestWaitSeconds = 60;

/** Lets go of it: at once for anybody, or after a failure later with each further one. */
export async function releaseMailbox(_id: string, holder: string, error: string | null): Promise<void> {
  const failed = {
    state: "failed",
    error: error && { $literal: error.slice(0, 500) },
    failures: { $add: ["$failures", 1] },
  };
  const wait = { $min: [longestWaitSeconds * 1000, { $multiply: [2000, { $pow: [2, { $min: ["$failures", 6] }] }] }] };
  await mailboxes().updateOne({ _id, holder }, [
    {
      $set: {
        holder: null,
        leaseUntil: new Date(0),
        ...(error === null ? {} : { ...failed, notBefore: { $add: ["$$NOW", wait] } }),
      },
    },
  ]);
}
