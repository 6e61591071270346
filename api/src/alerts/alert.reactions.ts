import { on } from "../core/events/reaction.ts";
import { alertEvents, makeAlerts } from "./make-alerts.ts";
import { planSummaries } from "./plan-summaries.ts";

export const alertReactions = [
  on(alertEvents, "alerts.make", (event) => makeAlerts(event)),
  on("settings.channels_changed", "alerts.plan-summaries", planSummaries),
];
