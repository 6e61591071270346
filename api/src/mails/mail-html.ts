import { escapeHtml } from "../core/http/pages.ts";
import { edgeOf, textOn } from "./colors.ts";
import type { Branding, MailContent } from "./mail-content.ts";
import { quoteStyles } from "./quote-styles.ts";
import type { Writer } from "./writer.ts";

const ink = "#15222b";
const muted = "#56656f";
const line = "#dce2e6";
const family = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Liberation Sans','Helvetica Neue',Arial,sans-serif";
const words = `font-family:${family};font-size:15px;line-height:23px;color:${ink}`;
const table = `role="presentation" cellpadding="0" cellspacing="0" border="0"`;

/**
 * One sober column of tables with inline styles, since mail programs drop or misread the rest; what only some of them know
 * (dark grounds, small screens) stands in the head and is not missed where it is dropped.
 */
export function mailHtml(content: MailContent, brand: Branding, { language, dir, words: { stop } }: Writer): string {
  const { subject, preview, heading, paragraphs, quote, facts, items = [], button, reason, unsubscribeUrl } = content;
  const start = dir === "rtl" ? "right" : "left";
  const row = (inner: string, below: number) =>
    `<tr><td align="${start}" class="ink" style="padding:0 0 ${below}px;text-align:${start};${words}">${inner}</td></tr>\n`;
  const title = `<h1 class="ink" style="margin:0;font-family:${family};font-size:21px;line-height:28px;font-weight:600;color:${ink}">${escapeHtml(heading)}</h1>`;
  return `<!doctype html>
<html lang="${language}" dir="${dir}" xmlns="http://www.w3.org/1999/xhtml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no, date=no, address=no, email=no"><title>${escapeHtml(subject)}</title>
<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]-->
<style>${styles(brand)}</style></head>
<body dir="${dir}" class="page" style="margin:0;padding:0;background-color:#f5f7f8">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:#f5f7f8">${escapeHtml(preview)}</div>
<table ${table} width="100%" dir="${dir}" class="page" bgcolor="#f5f7f8" style="background-color:#f5f7f8"><tr><td align="center" class="outer" style="padding:24px 12px">
<!--[if mso]><table ${table} width="560"><tr><td><![endif]-->
<table ${table} width="100%" dir="${dir}" class="card" bgcolor="#ffffff" style="max-width:560px;background-color:#ffffff;border:1px solid ${line};border-radius:10px"><tr><td class="inner" style="padding:24px">
<table ${table} width="100%" dir="${dir}">
${row(sender(brand), 18)}${row(title, 14)}${paragraphs.map((text) => row(whole(escapeHtml(text)), 14)).join("")}${
    quote ? row(said(quote, start), 18) : ""
  }${facts ? row(list(facts, start), 18) : ""}${items.length > 0 ? row(gathered(items, start), 18) : ""}${button ? row(action(button, brand), 20) : ""}<tr><td align="${start}" class="muted rule" style="padding:14px 0 0;border-top:1px solid ${line};text-align:${start};font-family:${family};font-size:12px;line-height:18px;color:${muted}">${escapeHtml(reason)}${
    unsubscribeUrl
      ? ` <a href="${escapeHtml(unsubscribeUrl)}" target="_blank" rel="noopener" class="muted" style="color:${muted};text-decoration:underline">${escapeHtml(stop)}</a>`
      : ""
  }</td></tr>
</table></td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body></html>
`;
}

/** A ticket's number is one word. */
const whole = (html: string): string =>
  html.replaceAll(/TKT-\d{8}-[A-Z0-9]{8}/g, '<span style="white-space:nowrap">$&</span>');

const sender = ({ siteName, logoUrl }: Branding): string =>
  logoUrl
    ? `<img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(siteName)}" height="32" style="display:block;height:32px;max-width:240px;border:0;font-family:${family};font-size:13px;font-weight:600;color:${muted}">`
    : `<span class="muted" style="font-size:13px;line-height:18px;font-weight:600;color:${muted}">${escapeHtml(siteName)}</span>`;

/** People write in their own direction, whatever the mail's is. */
const said = ({ by, html }: NonNullable<MailContent["quote"]>, start: string): string =>
  `<table ${table} width="100%"><tr><td dir="auto" align="${start}" class="quote ink" style="padding:12px 16px 4px;border:1px solid ${line};border-radius:10px;${words}"><div class="muted" style="padding:0 0 8px;font-size:13px;line-height:18px;color:${muted}">${escapeHtml(by)}</div>${quoteStyles(html)}</td></tr></table>`;

const list = (facts: NonNullable<MailContent["facts"]>, start: string): string =>
  `<table ${table} width="100%">${facts
    .map(
      ([label, value]) =>
        `<tr><td align="${start}" valign="top" width="34%" class="muted rule" style="padding:7px 0;border-top:1px solid ${line};font-family:${family};font-size:13px;line-height:20px;color:${muted}">${escapeHtml(label)}</td><td align="${start}" valign="top" class="ink rule" style="padding:7px 0;border-top:1px solid ${line};font-family:${family};font-size:14px;line-height:20px;color:${ink}"><bdi>${escapeHtml(value)}</bdi></td></tr>`,
    )
    .join("")}</table>`;

const gathered = (items: NonNullable<MailContent["items"]>, start: string): string =>
  `<table ${table} width="100%">${items
    .map(({ title, text, url }) => {
      const named = `<bdi>${whole(escapeHtml(title))}</bdi>`;
      const way = url
        ? `<a href="${escapeHtml(url)}" target="_blank" rel="noopener" class="ink" style="font-weight:600;color:${ink};text-decoration:underline">${named}</a>`
        : `<strong style="font-weight:600">${named}</strong>`;
      return `<tr><td align="${start}" class="ink rule" style="padding:12px 0;border-top:1px solid ${line};text-align:${start};${words}">${way}<br><span dir="auto" class="muted" style="font-size:13px;line-height:20px;color:${muted}">${whole(escapeHtml(text))}</span></td></tr>`;
    })
    .join("")}</table>`;

/** The cell is filled, so that it is a button where padding and corners are dropped, too. */
const action = ({ label, url }: NonNullable<MailContent["button"]>, { primary }: Branding): string =>
  `<table ${table}><tr><td align="center" class="button" bgcolor="${primary}" style="border-radius:7px;background-color:${primary};mso-padding-alt:11px 20px"><a href="${escapeHtml(url)}" target="_blank" rel="noopener" class="button" style="display:inline-block;padding:10px 19px;border:1px solid ${edgeOf(primary, "light")};border-radius:7px;background-color:${primary};font-family:${family};font-size:15px;line-height:22px;font-weight:600;color:${textOn(primary)};text-decoration:none">${escapeHtml(label)}</a></td></tr></table>`;

/** Apple Mail and others honour the media query; Outlook's web and mobile programs mark what they darken with `data-ogsc`. */
function styles({ primaryDark }: Branding): string {
  const dark = [
    [".page", "background-color:#10171c!important"],
    [".card", "background-color:#171f25!important;border-color:#2d373e!important"],
    [".ink", "color:#e7edf0!important"],
    [".muted", "color:#a3b1ba!important"],
    [".rule", "border-color:#2d373e!important"],
    [".quote", "background-color:#1d272e!important;border-color:#2d373e!important"],
    [".quote a", "color:#8fc3e4!important"],
    [".quote pre", "background-color:#10171c!important"],
    [".quote code", "background-color:#10171c!important"],
    [
      ".button",
      `background-color:${primaryDark}!important;border-color:${edgeOf(primaryDark, "dark")}!important;color:${textOn(primaryDark)}!important`,
    ],
  ] as const;
  const inDark = dark.map(([selector, rules]) => `${selector}{${rules}}`).join("");
  const inOutlook = dark.map(([selector, rules]) => `[data-ogsc] ${selector}{${rules}}`).join("");
  return `:root{color-scheme:light dark;supported-color-schemes:light dark}@media (max-width:480px){.outer{padding:12px 8px!important}.inner{padding:20px 16px!important}.button{text-align:center}}@media (prefers-color-scheme:dark){${inDark}}${inOutlook}`;
}
