import { createHash } from "node:crypto";
import { findStaff, loadCustomer, type CustomerRecord } from "../accounts/index.ts";
import { batched } from "../core/data/batched.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { getSite } from "../sites/index.ts";
import { emails, type EmailDocument, type MailKind } from "./email.model.ts";
import { mailJob } from "./mail.job.ts";

/** A mail that an event asks for. */
export type MailOrder =
  | { kind: Exclude<MailKind, "staff-invitation">; customerId: string; ticketId: string; commentId?: string }
  | { kind: "staff-invitation"; staffId: string };

/**
 * Stores a mail to be sent, once for an event, recipient and kind however often it is called. Whether the site sends mail
 * and the person wants it is decided here and again just before sending.
 */
export async function queueMail(eventId: string, siteId: string, order: MailOrder): Promise<void> {
  const to = await recipientOf(siteId, order);
  if (!to) return;
  const { kind } = order;
  const _id = createHash("sha256")
    .update(`${eventId}\n${to.customerId ?? to.staffId}\n${kind}`)
    .digest("hex")
    .slice(0, 24);
  const ticketId = "ticketId" in order ? order.ticketId : null;
  const commentId = "commentId" in order ? (order.commentId ?? null) : null;
  await store({
    _id,
    siteId,
    kind,
    ...to,
    ticketId,
    commentId,
    createdAt: new Date(),
    ...newJobState(),
  });
}

/** What comes in at about the same time is stored with one command. */
const store = batched(500, async (orders: EmailDocument[]) => {
  const upserts = orders.map(({ _id, ...rest }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
  }));
  const { upsertedCount } = await emails().bulkWrite(upserts, { ordered: false });
  if (upsertedCount > 0) wake(mailJob);
  return orders.map(() => undefined);
});

type To = Pick<EmailDocument, "to" | "toName" | "customerId" | "staffId">;

async function recipientOf(siteId: string, order: MailOrder): Promise<To | null> {
  if (order.kind === "staff-invitation") {
    const staff = await findStaff(siteId, order.staffId);
    return staff && { to: staff.email, toName: staff.name, customerId: null, staffId: staff.id };
  }
  const customer = await mailableCustomer(siteId, order.customerId);
  return customer && { to: customer.email, toName: customer.name, customerId: customer.id, staffId: null };
}

/** A customer whom the site may mail: it sends mail at all, and this one has not said no. */
export async function mailableCustomer(siteId: string, customerId: string): Promise<CustomerRecord | null> {
  const { settings } = await getSite(siteId);
  if (settings.channels.email.enabled === false) return null;
  const customer = await loadCustomer(siteId, customerId);
  return customer?.unsubscribed ? null : customer;
}
