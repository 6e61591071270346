import { msg, str } from "@lit/localize";
import type { ActivityEntry, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { listed } from "@sidedesk/ui/listed";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { priorityWord, statusWord } from "../shell/words.ts";

/** What happened, in a sentence without its object: the ticket is named beside it. */
export function feedTitle({ type, actor, after }: ActivityEntry): string {
  const who = actor.name || msg("Somebody");
  switch (type) {
    case "ticket.created":
      return msg(str`${who} opened a ticket`);
    case "comment.created":
      return after?.["visibility"] === "internal" ? msg(str`${who} wrote a note`) : msg(str`${who} wrote an answer`);
    case "ticket.status_changed":
      return msg(str`${who} changed the status`);
    case "ticket.assigned":
      return msg(str`${who} changed who answers`);
    case "ticket.rated":
      return msg(str`${who} gave a rating`);
    case "ticket.sla_warning":
      return msg("An answer is due soon");
    case "ticket.sla_breached":
      return msg("An answer is late");
    case "ticket.merged":
      return msg(str`${who} merged tickets`);
    case "ticket.unmerged":
      return msg(str`${who} took merged tickets apart`);
    default:
      return msg(str`${who} changed a ticket`);
  }
}

/** What was before and what is now, a line for each thing that changed. */
export function feedChanges({ type, before, after }: ActivityEntry, directory: Directory): string[] {
  if (type === "ticket.created" || type === "comment.created" || !after) return [];
  const names: Record<string, string> = {
    status: msg("Status"),
    priority: msg("Priority"),
    category: msg("Category"),
    tags: msg("Tags"),
    assigneeName: msg("Assignee"),
    teamName: msg("Team"),
    score: msg("Rating"),
  };
  return Object.entries(names).flatMap(([key, name]) => {
    if (!(key in after)) return [];
    const [from, to] = [before?.[key], after[key]].map((value) => wordOf(key, value, directory));
    if (from === to) return [];
    return [from === "–" ? `${name}: ${to}` : `${name}: ${from} → ${to}`];
  });
}

function wordOf(key: string, value: unknown, directory: Directory): string {
  if (value === null || value === undefined || value === "") return "–";
  if (key === "status") return statusWord(value as TicketStatus);
  if (key === "priority") return priorityWord(value as TicketPriority);
  if (key === "category") return typeof value === "string" ? directory.labelOf(value) : "–";
  if (Array.isArray(value)) return value.length > 0 ? listed(value as string[], locale()) : "–";
  return typeof value === "string" || typeof value === "number" ? String(value) : "–";
}

export function channelWord(channel: ActivityEntry["channel"]): string {
  const words: Record<ActivityEntry["channel"], string> = {
    widget: msg("Widget or portal"),
    form: msg("Public form"),
    api: msg("API"),
    import: msg("Import"),
    console: msg("Console"),
    email: msg("Email"),
    system: msg("By itself"),
  };
  return words[channel];
}
