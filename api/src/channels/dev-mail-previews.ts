import { mailKinds, type MailKind } from "@sidedesk/contract";
import type { Context } from "koa";
import { escapeHtml } from "../core/http/pages.ts";
import { sendPage } from "../core/http/small-page.ts";
import { mailLanguages, type MailLanguage } from "../mails/index.ts";
import { getSite, listSiteIds } from "../sites/index.ts";
import { sampleOf, sendMailHtml } from "./mail-preview.ts";

/**
 * `/dev/mail/previews`: every kind of mail in every language, about a request that never was, in the look of the first site.
 * @returns whether the address was one of these
 */
export async function showMailPreviews(ctx: Context): Promise<boolean> {
  const match = /^\/dev\/mail\/previews(?:\/([a-z-]+)\/([a-z]{2})(\/html)?)?\/?$/.exec(ctx.path);
  if (!match || (ctx.method !== "GET" && ctx.method !== "HEAD")) return false;
  ctx.state.route = "/dev/mail/previews";
  const [, askedKind, askedLanguage, isHtml] = match;
  if (!askedKind) {
    showList(ctx);
    return true;
  }
  const kind = mailKinds.find((one) => one === askedKind);
  const language = mailLanguages.find((one) => one === askedLanguage);
  const [siteId] = await listSiteIds();
  if (!kind || !language || !siteId) return false;
  const mail = sampleOf(await getSite(siteId), kind, language);
  if (isHtml) sendMailHtml(ctx, mail.html);
  else showOne(ctx, kind, language, mail);
  return true;
}

function showList(ctx: Context): void {
  const rows = mailKinds.map((kind) => {
    const links = mailLanguages.map((one) => `<a href="/dev/mail/previews/${kind}/${one}">${one}</a>`).join(" ");
    return `<tr><td>${kind}</td><td>${links}</td></tr>`;
  });
  sendPage(ctx, {
    title: "Mails",
    body: `<p><a href="/dev/mail">All mail</a></p><h1>What every mail looks like</h1><table><thead><tr><th>Mail</th><th>Language</th></tr></thead><tbody>${rows.join("")}</tbody></table>`,
  });
}

function showOne(
  ctx: Context,
  kind: MailKind,
  language: MailLanguage,
  { subject, text }: { subject: string; text: string },
): void {
  sendPage(ctx, {
    title: subject,
    body: `<p><a href="/dev/mail/previews">All mails</a></p><h1><bdi>${escapeHtml(subject)}</bdi></h1><h2>Text</h2><pre dir="auto">${escapeHtml(text)}</pre><h2>HTML</h2><iframe title="The mail as HTML" sandbox src="/dev/mail/previews/${kind}/${language}/html"></iframe>`,
  });
}
