import { findRecipient, mailId, storeMail, typeOfMail, type MailOrder } from "../channels/index.ts";
import { noteMade } from "../core/events/made.ts";
import { mailPlan } from "../preferences/index.ts";
import { loadTicket } from "../tickets/index.ts";
import { gatherMail } from "./gather-mail.ts";

/**
 * Has a mail sent that follows from an event, once however often it is called: at once, when the quiet hours of its reader
 * end, or with others, as they want it by now. What was decided is stored, and is not decided again.
 * @param noticeId the notice that says the same: who has read it needs no gathered mail
 */
export async function orderMail(
  { id: eventId, siteId }: { id: string; siteId: string },
  order: MailOrder,
  noticeId: string,
): Promise<void> {
  const to = await findRecipient(siteId, order);
  if (!to) return;
  const { digest, quietHours } = to.preferences;
  const mayWait = digest !== "off" || quietHours !== undefined;
  const ticket = mayWait && order.ticketId ? await loadTicket(siteId, order.ticketId) : null;
  const told = { type: typeOfMail(order) ?? "ticket", isCritical: ticket?.priority === "critical" };
  const plan = mailPlan(to.preferences, told, new Date());
  if (!plan) return;
  const id = mailId(eventId, order);
  if (plan.isGathered && plan.at) {
    noteMade(eventId, "gathered", id);
    return gatherMail({ id, siteId, order, noticeId, at: plan.at });
  }
  noteMade(eventId, "mail", id);
  const at = laterOf(order.at, plan.at);
  await storeMail(id, siteId, { ...order, ...(at ? { at } : {}) }, to);
}

const laterOf = (one: Date | undefined, other: Date | null): Date | null =>
  one && other ? new Date(Math.max(one.getTime(), other.getTime())) : (one ?? other);
