import { moreOf, type AlertContent } from "./alert-content.ts";
import { cut } from "../core/cut.ts";

/** Twilio takes 1600 characters, and charges by pieces of 70 or 160: a few say it. */
const most = 300;

/** What stands in a text message: the first ticket, how many more, and where to go. */
export function smsText(content: AlertContent): string {
  const { siteName, title, rows, more, note, url } = content;
  const [first] = rows;
  if (!first) return cut(`${siteName}: ${title}. ${note ?? ""}`.trim(), most);
  const others = rows.length - 1 + more;
  const end = others > 0 ? ` (${moreOf(content, others)}) ${url}` : ` ${first.url}`;
  const what = first.what ? ` (${first.what})` : "";
  return cut(`${siteName}: ${title}. ${first.subject}${what}`, most - end.length) + end;
}
