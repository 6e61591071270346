import type { MailKind, MailPreview } from "@sidedesk/contract";
import type { Context, Middleware } from "koa";
import { signToken, verifyToken } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { notFound } from "../core/errors.ts";
import { inSite, loadPreferences } from "../preferences/index.ts";
import { mailLanguageOf, sampleMail, type MailLanguage } from "../mails/index.ts";
import { getSite, type SiteRecord } from "../sites/index.ts";
import { safeHtml } from "../tickets/index.ts";
import { composeMail, writerOf, writtenBy, type ComposedMail } from "./compose-mail.ts";
import { emails } from "./email.model.ts";
import { deadLinks } from "./mail-links.ts";
import { personOfMail } from "./recipient.ts";

type Look = Pick<ComposedMail, "from" | "to" | "subject" | "text" | "html">;

/** A mail of a site's log as it would be sent now. @throws AppError 404, also where what it was about is gone */
export async function previewMail(siteId: string, id: string): Promise<MailPreview> {
  return presented(await lookOf(siteId, id), { sub: id, site: siteId });
}

/** What a kind of mail looks like with the site's settings. */
export async function previewKind(siteId: string, kind: MailKind): Promise<MailPreview> {
  return presented(sampleOf(await getSite(siteId), kind), { sub: kind, site: siteId, sample: true });
}

/** A sample of a kind of mail, in a site's look and its language, or another. */
export function sampleOf(site: SiteRecord, kind: MailKind, language: MailLanguage = mailLanguageOf(site.locale)): Look {
  const writer = writerOf(site, site, language);
  const content = sampleMail(kind, writer, { deskUrl: config().SIDEDESK_URL, html: safeHtml });
  return {
    ...writtenBy(site, writer, content),
    to: { name: writer.words.sample.customer, address: "mara@example.com" },
  };
}

async function lookOf(siteId: string, id: string): Promise<Look> {
  const email = await emails().findOne({ _id: id, siteId });
  if (!email) throw notFound("mail");
  const preferences = (await loadPreferences(personOfMail(siteId, email))) ?? (await inSite({}, siteId));
  const mail = await composeMail(email, deadLinks, preferences);
  if ("cancelled" in mail) throw notFound("mail");
  return mail;
}

/** How long the page can be framed. */
const seconds = 600;
async function presented({ from, to, subject, text }: Look, claims: Record<string, unknown>): Promise<MailPreview> {
  const token = await signToken("mail-preview", claims, new Date(Date.now() + seconds * 1000));
  const named = ({ name, address }: Look["from"]) => (name ? `${name} <${address}>` : address);
  return { from: named(from), to: named(to), subject, text, htmlUrl: `/mail-preview?token=${token}` };
}

/** `/mail-preview?token=`: the HTML of a mail that somebody may look at, for a frame of the console. */
export function mailPreviewPage(): Middleware {
  return async function serveMailPreview(ctx, next) {
    if (ctx.path !== "/mail-preview" || (ctx.method !== "GET" && ctx.method !== "HEAD")) return next();
    ctx.state.route = ctx.path;
    const { sub, site, sample } = await verifyToken(
      "mail-preview",
      new URLSearchParams(ctx.querystring).get("token") ?? "",
    );
    const look = sample
      ? sampleOf(await getSite(String(site)), String(sub) as MailKind)
      : await lookOf(String(site), String(sub));
    sendMailHtml(ctx, look.html);
  };
}

/** A mail's HTML as a page of its own, for a frame: no script, nothing fetched but the logo, and no way out of the frame. */
export function sendMailHtml(ctx: Context, html: string, sandbox = ""): void {
  ctx.set(
    "Content-Security-Policy",
    `default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox ${sandbox}`.trim(),
  );
  ctx.set("X-Frame-Options", "SAMEORIGIN");
  ctx.set("Referrer-Policy", "no-referrer");
  ctx.set("Cache-Control", "no-store");
  ctx.type = "text/html";
  ctx.body = html;
}
