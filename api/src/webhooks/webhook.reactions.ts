import { on } from "../core/events/reaction.ts";
import { followState } from "./hold-deliveries.ts";
import { fanOut } from "./make-deliveries.ts";
import { removeDeliveriesTo } from "./remove-webhooks.ts";

/** There may be very many to change. */
const slow = { timeoutSeconds: 300 };

export const webhookReactions = [
  on(
    [
      "ticket.created",
      "ticket.updated",
      "ticket.status_changed",
      "ticket.assigned",
      "ticket.sla_warning",
      "ticket.sla_breached",
      "ticket.rated",
      "comment.created",
      "notification.created",
      "event.published",
      "budget.alert",
      "cost.anomaly",
      "domain.verified",
    ],
    "webhooks.fan-out",
    fanOut,
  ),
  on("webhook.state_changed", "webhooks.follow-state", followState, slow),
  on("webhook.deleted", "webhooks.remove-deliveries", removeDeliveriesTo, slow),
];
