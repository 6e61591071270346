import { ownSenders } from "../channels/index.ts";
import { config } from "../core/config.ts";
import type { SiteRecord } from "../sites/index.ts";
import { cutReply } from "./cut-reply.ts";
import { shownImages, textOfHtml } from "./html-text.ts";
import type { MailFile, ParsedMail } from "./parse-mail.ts";

/** What somebody answered: without what they quote and sign with. */
export function answerOf(site: SiteRecord, { text, html }: Pick<ParsedMail, "text" | "html">): string {
  const domain = config().SIDEDESK_INBOUND_ADDRESS?.split("@")[1];
  const own = [...ownSenders(site), ...(domain ? [`@${domain}`] : [])];
  if (text.trim() !== "") return plain(cutReply(text, own));
  return plain(cutReply(textOfHtml(html, "reply") || textOfHtml(html, "whole"), own));
}

/** All that a mail says: what somebody forwards to us is what it is about. */
export const wholeOf = ({ text, html }: Pick<ParsedMail, "text" | "html">): string =>
  plain(text.trim() === "" ? textOfHtml(html, "whole") : text.replace(/\r\n?/g, "\n"));

/** Files worth keeping: all but pictures of what is quoted, which are our own or were sent before. */
export function filesWorthKeeping({ html, files }: Pick<ParsedMail, "html" | "files">): MailFile[] {
  if (html === "") return files;
  const shown = shownImages(html);
  return files.filter(({ isInline, cid }) => !isInline || cid === undefined || shown.has(cid));
}

/** Nothing that cannot be stored or is not seen. */
const plain = (text: string): string =>
  (text as string & { toWellFormed(): string })
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- control characters are what is removed
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g, "")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
