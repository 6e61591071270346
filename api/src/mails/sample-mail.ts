import type { BudgetAlert, CostAnomaly, MailKind } from "@sidedesk/contract";
import {
  addressVerification,
  alreadyRegistered,
  passwordChanged,
  passwordReset,
  staffInvitation,
} from "./account.mails.ts";
import { budgetAlert, costAnomaly } from "./cost.mails.ts";
import { digest, ownNotice } from "./gathered.mails.ts";
import { ratingRequest, staffReplied, statusChanged, ticketReceived } from "./customer.mails.ts";
import type { MailContent } from "./mail-content.ts";
import { customerReplied, mentioned, slaTold, teamAssigned, ticketAssigned } from "./staff.mails.ts";
import { webhookFailing } from "./webhook.mails.ts";
import type { Writer } from "./writer.ts";

/** What a kind of mail looks like, about a request that never was. `html` turns Markdown into the safe HTML of messages. */
export function sampleMail(
  kind: MailKind,
  writer: Writer,
  { deskUrl, html }: { deskUrl: string; html: (markdown: string) => string },
): MailContent {
  const { sample } = writer.words;
  const dueAt = new Date(Date.UTC(2026, 2, 16, 9, 30));
  const about = { number: "TKT-20260313-A7K2M9QX", subject: sample.subject };
  const unsubscribeUrl = `${deskUrl}/v1/unsubscribe`;
  const ours = { ...about, url: `${deskUrl}/portal`, unsubscribeUrl };
  const theirs = {
    ...about,
    ...{ unsubscribeUrl, dueAt, by: sample.staff, customer: sample.customer },
    url: `${deskUrl}/admin/tickets/${about.number}`,
    priority: "high",
  } as const;
  const said = { body: sample.answer, html: html(sample.answer) };
  const question = { body: sample.subject, html: html(sample.subject) };
  const portal = { email: "mara@example.com", url: `${deskUrl}/portal` };
  const account = { name: sample.staff, url: `${deskUrl}/admin/password` };
  const mails: Record<MailKind, () => MailContent> = {
    "ticket-received": () => ticketReceived(writer, { ...ours, dueAt }),
    "staff-replied": () => staffReplied(writer, { ...ours, by: sample.staff, said }),
    "status-changed": () => statusChanged(writer, { ...ours, status: "in_progress" }),
    "rating-request": () => ratingRequest(writer, ours),
    notice: () =>
      ownNotice(writer, { title: sample.subject, message: sample.notice, url: `${deskUrl}/`, unsubscribeUrl }),
    digest: () => {
      const gathered = [
        staffReplied(writer, { ...ours, by: sample.staff, said }),
        statusChanged(writer, { ...ours, status: "in_progress" }),
        ratingRequest(writer, ours),
      ];
      const items = gathered.map(({ subject, preview }) => ({ title: subject, text: preview, url: ours.url }));
      return digest(writer, { items, isStaff: false, unsubscribeUrl });
    },
    "ticket-assigned": () => ticketAssigned(writer, theirs),
    "team-assigned": () => teamAssigned(writer, { ...theirs, team: sample.team }),
    "customer-replied": () => customerReplied(writer, { ...theirs, by: sample.customer, said: question }),
    mentioned: () => mentioned(writer, theirs),
    "sla-warning": () => slaTold(writer, { ...theirs, isLate: false }),
    "sla-breached": () => slaTold(writer, { ...theirs, isLate: true }),
    "webhook-failing": () =>
      webhookFailing(writer, {
        host: "erp.example.com",
        stage: "disabled",
        url: `${deskUrl}/admin/webhooks`,
        unsubscribeUrl,
      }),
    "budget-alert": () => budgetAlert(writer, sampleBudget, { isStaff: false, unsubscribeUrl }),
    "cost-anomaly": () => costAnomaly(writer, sampleAnomaly, { isStaff: false, unsubscribeUrl }),
    "staff-invitation": () => staffInvitation(writer, account),
    "address-verification": () => addressVerification(writer, { ...portal, until: dueAt }),
    "already-registered": () => alreadyRegistered(writer, portal),
    "password-reset": () => passwordReset(writer, { ...account, until: dueAt }),
    "password-changed": () => passwordChanged(writer, { ...portal, name: sample.customer, at: dueAt }),
  };
  return mails[kind]();
}

const sampleBudget: BudgetAlert = {
  ...{ budgetId: "sample", name: "Hosting", period: "2026-12", currency: "EUR" },
  ...{ limit: 350, spent: 204.4, forecast: 362.1, threshold: 100 },
};
const sampleAnomaly: CostAnomaly = {
  ...{ id: "sample", service: "Storage", date: "2026-03-12", currency: "EUR" },
  ...{ amount: 84.1, expected: 31.5, lower: 24.8, upper: 38.9 },
};
