import { email as emailSchema, type InboundReason } from "@sidedesk/contract";
import { findCustomer, findStaff, type CustomerRecord } from "../accounts/index.ts";
import { findMail, isOwnMail, ownMailId, type OwnAddress } from "../channels/index.ts";
import type { CustomerCaller, StaffCaller } from "../core/caller.ts";
import { config } from "../core/config.ts";
import type { SiteRecord } from "../sites/index.ts";
import { findSignedTicket } from "../tickets/index.ts";
import { senderProblem } from "./auth-results.ts";
import { isOtherReport, readBounce, type Bounce } from "./bounce.ts";
import { inboundMails } from "./inbound.model.ts";
import type { ParsedMail } from "./parse-mail.ts";
import { recipientOf } from "./recipients.ts";
import { recognise } from "./recognise.ts";

/** What is to become of a mail. */
export type Verdict =
  | { act: "refuse"; reason: InboundReason; detail: string | null }
  | { act: "bounce"; emailId: string; bounce: Bounce }
  | { act: "comment"; caller: CustomerCaller | StaffCaller; ticketId: string }
  | { act: "ticket"; sender: { address: string; name: string } };

const refuse = (reason: InboundReason, detail: string | null = null): Verdict => ({ act: "refuse", reason, detail });

/** Decides what a mail is, and whether whoever sent it may. Changes nothing. */
export async function judgeMail(site: SiteRecord, mail: ParsedMail): Promise<Verdict> {
  const to = recipientOf(mail.fields);
  const bounce = readBounce(mail);
  if (bounce) return judgeBounce(site, to, bounce);
  if (isOtherReport(mail) || to?.kind === "bounce") return refuse("auto_reply", "It is a mail server's report.");
  if (!to || (to.kind === "site" && to.slug !== site.slug)) return refuse("no_recipient");
  const recognised = recognise(mail, (text) => isOwnMail(site, text));
  if (recognised) return refuse(recognised.reason, recognised.detail);
  const sender = soleSender(mail);
  if (!sender) return refuse("unclear_sender");
  const { SIDEDESK_INBOUND_AUTHSERV_ID: server, SIDEDESK_LIMIT_INBOUND: most } = config();
  const problem = server === undefined ? null : senderProblem(mail.fields, server, sender.address);
  if (problem) return refuse("unauthenticated_sender", problem);
  if ((await countFrom(site.id, sender.address, most)) >= most) return refuse("too_many");
  return to.kind === "site" ? judgeNew(site, sender) : judgeAnswer(site, to, sender);
}

interface Sender {
  address: string;
  name: string;
}

/** One From with one address in it: with two, programs and servers differ about who wrote. */
function soleSender({ fields, from }: ParsedMail): Sender | null {
  const [only, ...others] = from;
  if (!only || others.length > 0 || fields.filter(({ name }) => name === "from").length !== 1) return null;
  const parsed = emailSchema.safeParse(only.address);
  return parsed.success ? { address: parsed.data, name: only.name } : null;
}

const hourMs = 3_600_000;
const countFrom = (siteId: string, address: string, most: number): Promise<number> =>
  inboundMails().countDocuments(
    { siteId, "from.address": address, receivedAt: { $gte: new Date(Date.now() - hourMs) }, outcome: "accepted" },
    { limit: most },
  );

async function judgeBounce(site: SiteRecord, to: OwnAddress | null, bounce: Bounce): Promise<Verdict> {
  const emailId = to?.kind === "bounce" ? to.emailId : ownMailId(bounce.messageId ?? "");
  const email = emailId ? await findMail(emailId) : null;
  if (!email || email.siteId !== site.id) return refuse("auto_reply", "It reports of no mail of ours.");
  return { act: "bounce", emailId: email._id, bounce };
}

function judgeNew(site: SiteRecord, { address, name }: Sender): Verdict {
  if (site.settings.channels.email.inbound?.newTickets !== true) return refuse("unknown_sender");
  return { act: "ticket", sender: { address, name } };
}

/** Whoever answers has the signed address and writes from the address that we wrote to. */
async function judgeAnswer(
  site: SiteRecord,
  to: Extract<OwnAddress, { kind: "customer" | "staff" }>,
  sender: Sender,
): Promise<Verdict> {
  const ticket = await findSignedTicket(to.ticketId);
  if (!ticket || ticket.siteId !== site.id) return refuse("gone");
  const caller =
    to.kind === "staff" ? await staffCaller(site.id, to.staffId) : await customerCaller(site.id, ticket.customer.id);
  if (!caller) return refuse("not_allowed");
  if (caller.email.toLowerCase() !== sender.address) return refuse("sender_mismatch");
  return { act: "comment", caller: caller.caller, ticketId: ticket._id };
}

/** As long as a mail is worked on, and no longer. */
const soon = (): Date => new Date(Date.now() + 120_000);

async function staffCaller(siteId: string, staffId: string): Promise<{ caller: StaffCaller; email: string } | null> {
  const staff = await findStaff(siteId, staffId);
  if (!staff) return null;
  const { id, name, role, email } = staff;
  return { caller: { kind: "staff", siteId, staffId: id, name, role, expiresAt: soon() }, email };
}

async function customerCaller(siteId: string, id: string): Promise<{ caller: CustomerCaller; email: string } | null> {
  const customer = await findCustomer(siteId, id);
  return customer && { caller: callerOf(customer), email: customer.email };
}

export const callerOf = (customer: CustomerRecord): CustomerCaller => ({
  kind: "customer",
  siteId: customer.siteId,
  customerId: customer.id,
  externalId: customer.externalId,
  name: customer.name,
  email: customer.email,
  expiresAt: soon(),
});
