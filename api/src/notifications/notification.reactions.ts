import type { NumberedEvent } from "@sidedesk/contract";
import { on } from "../core/events/reaction.ts";
import { publish } from "../core/live/publish.ts";
import { customerStream } from "../core/live/streams.ts";
import { commentCreated } from "./kinds/comment-created.ts";
import { budgetAlert, costAnomaly } from "./kinds/costs.ts";
import { ledgerDamaged } from "./kinds/ledger-damaged.ts";
import { mentioned } from "./kinds/mentioned.ts";
import { statusChanged } from "./kinds/status-changed.ts";
import { ticketAssigned } from "./kinds/ticket-assigned.ts";
import { ticketBreached, ticketWarned } from "./kinds/ticket-clock.ts";
import { ticketCreated } from "./kinds/ticket-created.ts";
import { webhookFailing } from "./kinds/webhook-failing.ts";
import { isListed, loadNotification } from "./notification.model.ts";
import { orderMail } from "./order-mail.ts";
import { presentNotification } from "./notification.presenter.ts";
import { streamOf } from "./person.ts";

/** Owners' events that have a name of their own on the customer's socket; all others go as `event`. */
const named = ["metrics_update", "compliance_update", "invoice_created"] as const;
const liveNameOf = (name: string): NumberedEvent => named.find((one) => one === name) ?? "event";

export const notificationReactions = [
  ...ticketCreated,
  ...commentCreated,
  ...mentioned,
  ...statusChanged,
  ...ticketAssigned,
  ...ticketWarned,
  ...ticketBreached,
  ...webhookFailing,
  ...budgetAlert,
  ...costAnomaly,
  ...ledgerDamaged,
  on(
    "notification.created",
    "notifications.live",
    async ({ id: sourceId, siteId, type, occurredAt, data: { notificationId, recipient } }) => {
      const notice = await loadNotification(siteId, notificationId);
      if (!notice || !isListed(notice)) return;
      const stream = streamOf(siteId, recipient.kind, recipient.id);
      await publish([stream], "notification", { sourceId, type, occurredAt, data: presentNotification(notice) });
    },
    { isUrgent: true },
  ),
  on("notification.created", "notifications.own-mail", async (event) => {
    const { notificationId, recipient, isOwners } = event.data;
    const notice = isOwners && recipient.kind === "customer" && (await loadNotification(event.siteId, notificationId));
    if (!notice) return;
    const { type, title, message, link } = notice;
    const facts = { notice: { type, title, message, link } };
    await orderMail(event, { kind: "notice", customerId: recipient.id, facts }, notificationId);
  }),
  on(
    "event.published",
    "notifications.live-event",
    async ({ id: sourceId, siteId, occurredAt, data }) => {
      const { name, customerId, data: given } = data;
      if (!customerId) return;
      const entry = { sourceId, type: name, occurredAt, data: given };
      await publish([customerStream(siteId, customerId)], liveNameOf(name), entry);
    },
    { isUrgent: true },
  ),
];
