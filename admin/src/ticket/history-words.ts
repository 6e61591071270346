import { msg, str } from "@lit/localize";
import type { HistoryEntry, TicketPriority, TicketStatus } from "@sidedesk/contract";
import type { nothing } from "lit";
import { type TemplateResult } from "lit";
import { icon } from "@sidedesk/ui/icon";
import { clockAlertIcon, linkIcon, listIcon, mergeIcon, tagIcon, userIcon, usersIcon } from "@sidedesk/ui/icons";
import { listed } from "@sidedesk/ui/listed";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { priorityMark, priorityWord, statusMark, statusWord } from "../shell/words.ts";

export interface HistoryLine {
  mark: TemplateResult | typeof nothing;
  words: string;
}

/** A word of one side of a change; empty when there is none. */
export function wordIn(side: Record<string, unknown> | null, name: string): string {
  const value = side?.[name];
  return typeof value === "string" ? value : "";
}

const lower = (words: string) => words.toLocaleLowerCase(locale());

/** One entry of the history as grey lines between what people wrote; none for what the conversation shows anyway. */
export function historyLines(entry: HistoryEntry, directory: Directory): HistoryLine[] {
  const before = entry.before ?? {};
  const after = entry.after ?? {};
  const who = entry.actor.name || msg("Somebody");
  const lines: HistoryLine[] = [];
  if (entry.type === "comment.created" || entry.type === "ticket.created") return lines;
  if (entry.type === "ticket.merged" || entry.type === "ticket.unmerged")
    return [{ mark: icon(mergeIcon), words: mergeWords(who, entry) }];
  if (entry.type === "ticket.sla_warning")
    lines.push({ mark: icon(clockAlertIcon), words: msg("The answer is due soon.") });
  if (entry.type === "ticket.sla_breached")
    lines.push({ mark: icon(clockAlertIcon), words: msg("The answer is late.") });
  if (typeof after["status"] === "string") {
    const to = after["status"] as TicketStatus;
    const word = lower(statusWord(to));
    const was = typeof before["status"] === "string" ? lower(statusWord(before["status"] as TicketStatus)) : "";
    lines.push({
      mark: statusMark(to),
      words: was ? msg(str`${who} set status to ${word}, was ${was}.`) : msg(str`${who} set status to ${word}.`),
    });
  }
  if (typeof after["priority"] === "string") {
    const to = after["priority"] as TicketPriority;
    const word = lower(priorityWord(to));
    const was = typeof before["priority"] === "string" ? lower(priorityWord(before["priority"] as TicketPriority)) : "";
    lines.push({
      mark: priorityMark(to),
      words: was ? msg(str`${who} set priority to ${word}, was ${was}.`) : msg(str`${who} set priority to ${word}.`),
    });
  }
  if (typeof after["category"] === "string") {
    const to = directory.labelOf(after["category"]);
    const was = typeof before["category"] === "string" ? directory.labelOf(before["category"]) : "";
    lines.push({
      mark: icon(listIcon),
      words: was ? msg(str`${who} moved it to ${to}, was ${was}.`) : msg(str`${who} moved it to ${to}.`),
    });
  }
  if ("teamId" in after && after["teamId"] !== before["teamId"])
    lines.push({ mark: icon(usersIcon), words: teamWords(who, before, after) });
  if ("assigneeId" in after && after["assigneeId"] !== before["assigneeId"])
    lines.push({ mark: icon(userIcon), words: assignWords(who, entry, after["assigneeId"], directory) });
  if (Array.isArray(after["tags"])) {
    const to = after["tags"] as string[];
    const was = Array.isArray(before["tags"]) ? (before["tags"] as string[]) : [];
    const added = listed(
      to.filter((tag) => !was.includes(tag)),
      locale(),
    );
    const gone = listed(
      was.filter((tag) => !to.includes(tag)),
      locale(),
    );
    if (added) lines.push({ mark: icon(tagIcon), words: msg(str`${who} added the tag ${added}.`) });
    if (gone) lines.push({ mark: icon(tagIcon), words: msg(str`${who} took away the tag ${gone}.`) });
  }
  if (Array.isArray(after["links"])) {
    const was = Array.isArray(before["links"]) ? (before["links"] as string[]) : [];
    const isMore = after["links"].length > was.length;
    lines.push({
      mark: icon(linkIcon),
      words: isMore ? msg(str`${who} linked another ticket.`) : msg(str`${who} took a link away.`),
    });
  }
  return lines;
}

function mergeWords(who: string, { type, after, before }: HistoryEntry): string {
  const number = wordIn(after, "number");
  if (type === "ticket.merged")
    return after?.["merged"]
      ? msg(str`${who} merged ${number} into this ticket.`)
      : msg(str`${who} merged this ticket into ${number}.`);
  return before?.["merged"]
    ? msg(str`${who} took ${number} out again.`)
    : msg(str`${who} took this ticket out of ${number} again.`);
}

function teamWords(who: string, before: Record<string, unknown>, after: Record<string, unknown>): string {
  const nameIn = (side: Record<string, unknown>) => (typeof side["teamName"] === "string" ? side["teamName"] : "");
  const [was, is] = [nameIn(before), nameIn(after)];
  return is ? msg(str`${who} gave it to the team ${is}.`) : msg(str`${who} took it off the team ${was}.`);
}

function assignWords(who: string, entry: HistoryEntry, to: unknown, directory: Directory): string {
  if (typeof to !== "string") return msg(str`${who} left it to nobody.`);
  if (to === entry.actor.id) return msg(str`${who} took it on.`);
  const kept = entry.after?.["assigneeName"];
  const name = (typeof kept === "string" ? kept : directory.nameOf(to)) ?? msg("a colleague");
  return msg(str`${who} assigned it to ${name}.`);
}
