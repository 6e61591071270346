import { msg } from "@lit/localize";
import type { AlertChannel, AlertEntry, AlertKind } from "@sidedesk/contract";

/** The names that the services give themselves. */
export const channelName: Record<AlertChannel, string> = {
  discord: "Discord",
  slack: "Slack",
  teams: "Microsoft Teams",
  sms: "SMS",
};

/** What a channel may tell of. */
export function kindWord(kind: AlertKind): string {
  switch (kind) {
    case "created":
      return msg("New tickets");
    case "priority":
      return msg("Urgent tickets: high and critical");
    case "status":
      return msg("Changes of status");
    case "sla":
      return msg("Answers due soon or overdue");
    case "costs":
      return msg("Costs: budgets and unusual days of customers");
    case "summary":
      return msg("The figures of the day, once a day");
  }
}

/** The same in the log, in a word or two. */
export function entryWord(kind: AlertEntry["kind"]): string {
  switch (kind) {
    case "created":
      return msg("New tickets");
    case "priority":
      return msg("Urgent tickets");
    case "status":
      return msg("Changes of status");
    case "sla":
      return msg("Deadlines");
    case "costs":
      return msg("Costs");
    case "summary":
      return msg("Figures of the day");
    case "test":
      return msg("Test");
  }
}

/** Where a service gives its address away. */
export function howTo(channel: Exclude<AlertChannel, "sms">): string {
  switch (channel) {
    case "discord":
      return msg("In Discord: Edit channel, Integrations, Webhooks, Copy webhook URL.");
    case "slack":
      return msg("In Slack: add an app with an incoming webhook for the channel, and copy its address.");
    case "teams":
      return msg("In Teams: Workflows, “When a Teams webhook request is received”, and copy its address.");
  }
}
