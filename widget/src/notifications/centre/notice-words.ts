import { msg, str } from "@lit/localize";
import type { NoticeType } from "@sidedesk/contract";
import { dueTime, figure } from "@sidedesk/ui/format";
import type { Done } from "./notice-book.ts";

/** What a kind is called; null for all kinds. */
export function typeWord(type: NoticeType | null): string {
  return {
    all: () => msg("All"),
    ticket: () => msg("Requests"),
    billing: () => msg("Billing"),
    compliance: () => msg("Compliance"),
    alert: () => msg("Alerts"),
    info: () => msg("News"),
  }[type ?? "all"]();
}

/** "Billing, 12, 3 unread": a tab with what it holds. */
export function tabName(type: NoticeType | null, { total, unread }: { total: number; unread: number }, locale: string) {
  const word = typeWord(type);
  const all = figure(total, locale);
  return unread ? msg(str`${word}, ${all}, ${figure(unread, locale)} unread`) : `${word}, ${all}`;
}

/** What was just done, beside "Undo". */
export function doneWords({ action, ids, until }: Done, locale: string): string {
  const count = figure(ids.length, locale);
  if (action === "delete") return ids.length === 1 ? msg("Update deleted.") : msg(str`${count} updates deleted.`);
  const time = dueTime(until ?? 0, locale);
  return ids.length === 1 ? msg(str`Snoozed: ${time}.`) : msg(str`${count} snoozed: ${time}.`);
}

/** What is there when nothing is. */
export function emptyWords(type: NoticeType | null, isUnreadOnly: boolean): [title: string, text: string] {
  if (isUnreadOnly) return [msg("You have read everything"), msg("What is new comes here.")];
  if (!type) return [msg("No updates yet"), msg("When something changes on your requests, you read it here first.")];
  return [
    msg(str`Nothing in “${typeWord(type)}”`),
    {
      ticket: () => msg("Answers and changes on your requests come here."),
      billing: () => msg("Invoices and what belongs to them come here."),
      compliance: () => msg("Agreements and checks that concern you come here."),
      alert: () => msg("What needs your attention soon comes here."),
      info: () => msg("What is new with us comes here."),
    }[type](),
  ];
}
