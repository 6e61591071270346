import { msg, str } from "@lit/localize";
import { figure } from "@sidedesk/ui/figure";

/** "Help, 1 new answer": the count as part of a name. */
export function withNewAnswers(name: string, count: number, locale: string): string {
  if (!count) return name;
  const shownCount = figure(count, locale);
  return count === 1 ? msg(str`${name}, ${shownCount} new answer`) : msg(str`${name}, ${shownCount} new answers`);
}
export const withUnread = (name: string, count: number, locale: string): string =>
  count ? msg(str`${name}, ${figure(count, locale)} unread`) : name;
