import type { Context, Middleware } from "koa";
import { readUnsubscribeLink, setMailed } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { escapeHtml } from "../core/http/pages.ts";
import { sendPage } from "../core/http/small-page.ts";
import { mailLanguages, writerFor, type Writer } from "../mails/index.ts";
import { inSite, loadPreferences } from "../preferences/index.ts";
import { getSite, type SiteRecord } from "../sites/index.ts";
import { writerOf } from "./compose-mail.ts";
import { consoleLink } from "./mail-links.ts";

/**
 * `/v1/unsubscribe?token=`, as mails name it: turns the mails of one type off in their reader's preferences, or on again.
 * Looking at it changes nothing, since mail scanners follow every link; the page's button and the one click of a mail
 * program (RFC 8058) both send a form, and need no session.
 */
export function unsubscribePage(): Middleware {
  return async function serveUnsubscribe(ctx, next) {
    if (ctx.path !== "/v1/unsubscribe") return next();
    ctx.state.route = ctx.path;
    if (!["GET", "HEAD", "POST"].includes(ctx.method))
      throw new AppError("method_not_allowed", "Here you may use GET, POST.", { headers: { Allow: "GET, POST" } });
    try {
      await serve(ctx);
    } catch (error) {
      // A person looks and reads a page; a mail program clicks and reads the status.
      if (ctx.method === "POST" || !(error instanceof AppError) || error.status >= 500) throw error;
      showNotValid(ctx, error.status);
    }
  };
}

async function serve(ctx: Context): Promise<void> {
  const asked = new URLSearchParams(ctx.querystring);
  const token = asked.get("token") ?? "";
  if (token.length === 0 || token.length > 4096)
    throw new AppError("validation_failed", "The address is not complete.", {
      errors: [{ path: "token", message: "Take the whole address from the mail." }],
    });
  const link = await readUnsubscribeLink(token);
  const { person, types } = link;
  const site = await getSite(person.siteId);
  const writer = writerOf(site, (await loadPreferences(person)) ?? (await inSite({}, site.id)));
  const { stopPage, types: names } = writer.words;
  const which = { types: new Intl.ListFormat(writer.language).format(types.map((type) => names[type])) };
  const settings = settingsLink(writer, person.kind, site);
  const show = (heading: string, texts: string[], action: { label: string; query?: string }): void => {
    const form = `<form method="post" action="/v1/unsubscribe?token=${encodeURIComponent(token)}${action.query ?? ""}"><button name="List-Unsubscribe" value="One-Click">${escapeHtml(action.label)}</button></form>`;
    showPage(ctx, writer, heading, texts, form + settings);
  };
  const { ask, customer, staff, button, done, stopped, again, resumed } = stopPage;
  if (ctx.method !== "POST")
    return show(ask, [writer.say(stopPage.which, which), person.kind === "staff" ? staff : customer], {
      label: button,
    });
  // The form says nothing that the address does not; it is let run out so that the connection stays usable.
  ctx.req.resume();
  const isBack = asked.has("resume");
  await setMailed(link, isBack);
  if (isBack) show(done, [writer.say(resumed, which)], { label: button });
  else show(done, [writer.say(stopped, which)], { label: again, query: "&amp;resume=1" });
}

/** Where all of it can be chosen; whoever is not signed in there is asked to. The link opens nothing by itself. */
function settingsLink({ words }: Writer, kind: "customer" | "staff", { slug }: SiteRecord): string {
  const url = kind === "staff" ? consoleLink("settings") : `${config().SIDEDESK_URL}/portal/${slug}#settings`;
  return `<p><a href="${escapeHtml(url)}">${escapeHtml(words.stopPage.settings)}</a></p>`;
}

/** Whose it was is not known, so it speaks the language that the browser asks for. */
function showNotValid(ctx: Context, status: number): void {
  const locale = (ctx.get("Accept-Language") && ctx.acceptsLanguages([...mailLanguages])) || "en";
  const writer = writerFor({ name: "", locale, timezone: "UTC" });
  const { notValid, elsewhere } = writer.words.stopPage;
  showPage(ctx, writer, notValid, [elsewhere], "", status);
}

function showPage(
  ctx: Context,
  { words, language: lang, dir }: Writer,
  heading: string,
  texts: readonly string[],
  below: string,
  status = 200,
): void {
  const paragraphs = texts.map((text) => `<p>${escapeHtml(text)}</p>`).join("");
  const body = `<h1>${escapeHtml(heading)}</h1>${paragraphs}${below}`;
  sendPage(ctx, { title: words.stopPage.title, lang, dir, status, body });
}
