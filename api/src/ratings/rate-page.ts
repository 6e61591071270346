import { linkRatingInput, ratingCommentMax } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import type { Context, Middleware } from "koa";
import { AppError } from "../core/errors.ts";
import { readForm } from "../core/http/body.ts";
import { escapeHtml } from "../core/http/pages.ts";
import { sendPage } from "../core/http/small-page.ts";
import { parse } from "../core/http/validation.ts";
import { getSite } from "../sites/index.ts";
import { getTicket, type TicketDocument } from "../tickets/index.ts";
import { rateByLink } from "./rate-by-link.ts";
import { rateScript, rateStyles } from "./rate-page.assets.ts";
import { rateLanguages, rateWords, type RateLanguage, type RateWords } from "./rate-page.words.ts";
import { isRatable } from "./rate-ticket.ts";
import { readRatingLink } from "./rating-link.ts";

/**
 * `/rate?token=`, as rating mails name it. Looking at it rates nothing, since mail scanners follow every link. Its few lines
 * of script post to `/v1/support/ratings`; without script the form comes back here.
 */
export function ratePage(): Middleware {
  return async function serveRatePage(ctx, next) {
    if (ctx.path !== "/rate") return next();
    ctx.state.route = ctx.path;
    if (!["GET", "HEAD", "POST"].includes(ctx.method))
      throw new AppError("method_not_allowed", "Here you may use GET, POST.", { headers: { Allow: "GET, POST" } });
    const token = new URLSearchParams(ctx.querystring).get("token") ?? "";
    let language = languageOf(ctx, "en");
    try {
      const { rater, ticketId } = await readRatingLink(token);
      language = languageOf(ctx, (await getSite(rater.siteId)).locale);
      const ticket = await getTicket(rater.siteId, ticketId, rater.customerId);
      if (ctx.method === "POST") {
        const form = await readForm(ctx.req);
        await rateByLink(
          parse(linkRatingInput, { token, score: Number(form.get("score")), comment: form.get("comment") ?? "" }),
        );
        return show(ctx, language, rateWords[language].thanks, paragraph(rateWords[language].changeable));
      }
      if (!isRatable(ticket)) throw new AppError(isOpenStatus(ticket.status) ? "not_resolved" : "rating_closed");
      show(ctx, language, rateWords[language].title, formOf(ticket, token, rateWords[language]));
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      const words = rateWords[language];
      const detail = refusalsOf(words)[error.code] ?? words.notValid;
      show(ctx, language, words.title, paragraph(detail), error.status);
    }
  };
}

/** What the reader's browser asks for, else the site's own. */
function languageOf(ctx: Context, siteLocale: string): RateLanguage {
  const asked = ctx.get("Accept-Language") ? ctx.acceptsLanguages([...rateLanguages]) : false;
  const own = rateLanguages.find((one) => siteLocale.toLowerCase().split("-")[0] === one);
  return (asked || own || "en") as RateLanguage;
}

function show(ctx: Context, lang: RateLanguage, title: string, body: string, status = 200): void {
  const dir = lang === "ar" ? "rtl" : "ltr";
  sendPage(ctx, {
    title,
    body: `<h1 tabindex="-1">${escapeHtml(title)}</h1>${body}`,
    ...{ lang, dir, status, styles: rateStyles, script: rateScript },
  });
}

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

/** What the page says to each refusal; its script knows them by the same codes. */
const refusalsOf = (words: RateWords): Partial<Record<string, string>> => ({
  session_expired: words.tooOld,
  unauthenticated: words.notValid,
  not_found: words.notValid,
  not_resolved: words.notSolved,
  rating_closed: words.stands,
  rate_limited: words.tooMany,
  validation_failed: words.choose,
});

function formOf({ subject, number, rating }: TicketDocument, token: string, words: RateWords): string {
  const choices = words.scores.map((label, index) => {
    const checked = rating?.score === index + 1 ? " checked" : "";
    return `<label><input type="radio" name="score" value="${index + 1}" required${checked}><b>${index + 1}</b> ${escapeHtml(label)}</label>`;
  });
  const said = { ...refusalsOf(words), failed: words.failed, sending: words.sending };
  const data = { ...said, thanks: words.thanks, changeable: words.changeable };
  return `<p class="quiet"><bdi>${escapeHtml(subject)}</bdi> · <bdi>${escapeHtml(number)}</bdi></p>
<form method="post" action="/rate?token=${encodeURIComponent(token)}" data-words="${escapeHtml(JSON.stringify(data))}">
<fieldset><legend>${escapeHtml(words.score)}</legend>${choices.reverse().join("")}</fieldset>
<label class="words" for="comment">${escapeHtml(words.comment)} <span class="quiet">(${escapeHtml(words.optional)})</span></label>
<textarea id="comment" name="comment" rows="4" maxlength="${ratingCommentMax}" dir="auto">${escapeHtml(rating?.comment ?? "")}</textarea>
<p role="alert"></p><button>${escapeHtml(words.send)}</button></form>`;
}
