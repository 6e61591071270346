import { on } from "../core/events/reaction.ts";
import { publish } from "../core/live/publish.ts";
import { customerStream, staffMemberStream } from "../core/live/streams.ts";
import { commentCreated } from "./kinds/comment-created.ts";
import { mentioned } from "./kinds/mentioned.ts";
import { statusChanged } from "./kinds/status-changed.ts";
import { ticketAssigned } from "./kinds/ticket-assigned.ts";
import { ticketBreached, ticketWarned } from "./kinds/ticket-clock.ts";
import { ticketCreated } from "./kinds/ticket-created.ts";
import { loadNotification } from "./notification.model.ts";
import { presentNotification } from "./notification.presenter.ts";

export const notificationReactions = [
  ...ticketCreated,
  ...commentCreated,
  ...mentioned,
  ...statusChanged,
  ...ticketAssigned,
  ...ticketWarned,
  ...ticketBreached,
  on(
    "notification.created",
    "notifications.live",
    async ({ id: sourceId, siteId, type, occurredAt, data: { notificationId, recipient } }) => {
      const notice = await loadNotification(siteId, notificationId);
      if (!notice) return;
      const stream =
        recipient.kind === "customer" ? customerStream(siteId, recipient.id) : staffMemberStream(siteId, recipient.id);
      await publish([stream], "notification", { sourceId, type, occurredAt, data: presentNotification(notice) });
    },
  ),
];
