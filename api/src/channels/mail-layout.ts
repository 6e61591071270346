import { escapeHtml } from "../core/http/pages.ts";

/** What a mail says, before it is HTML or text. Everything is text but `html`, which is safe already. */
export interface MailContent {
  subject: string;
  /** The line that mail programs show beside the subject. */
  preview: string;
  heading: string;
  paragraphs: readonly string[];
  /** Somebody's words, as Markdown for the text part and as safe HTML for the other. */
  quote?: { by: string; body: string; html: string };
  button?: { label: string; url: string };
  /** Small print below the line. */
  reason: string;
  unsubscribeUrl?: string;
}
export interface Branding {
  siteName: string;
  /** `#rrggbb` */
  primary: string;
}

const ink = "#15222b";
const muted = "#56656f";
const line = "#dce2e6";
const family = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Liberation Sans','Helvetica Neue',Arial,sans-serif";

/** One sober column, styled inline because mail programs drop the rest. */
export function mailHtml(content: MailContent, { siteName, primary }: Branding): string {
  const { heading, paragraphs, quote, button, reason, unsubscribeUrl, preview } = content;
  const p = (text: string, style = "") => `<p style="margin:0 0 14px;${style}">${escapeHtml(text)}</p>`;
  const said = quote
    ? `<div style="margin:0 0 18px;padding:12px 16px;border:1px solid ${line};border-radius:10px"><p style="margin:0 0 8px;font-size:13px;color:${muted}">${escapeHtml(quote.by)}</p>${quote.html}</div>`
    : "";
  const action = button
    ? `<p style="margin:20px 0"><a href="${escapeHtml(button.url)}" target="_blank" rel="noopener" style="display:inline-block;padding:10px 18px;border-radius:7px;background:${primary};color:${textOn(primary)};font-weight:600;text-decoration:none">${escapeHtml(button.label)}</a></p>`
    : "";
  const stop = unsubscribeUrl
    ? ` <a href="${escapeHtml(unsubscribeUrl)}" target="_blank" rel="noopener" style="color:${muted}">Stop these mails</a>`
    : "";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light"><title>${escapeHtml(content.subject)}</title></head>
<body style="margin:0;padding:24px 12px;background:#f5f7f8;color:${ink};font:15px/23px ${family}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid ${line};border-radius:10px">
<p style="margin:0 0 18px;font-size:13px;font-weight:600;color:${muted}">${escapeHtml(siteName)}</p>
<h1 style="margin:0 0 14px;font-size:21px;line-height:28px;font-weight:600">${escapeHtml(heading)}</h1>
${paragraphs.map((text) => p(text)).join("\n")}
${said}${action}
<p style="margin:24px 0 0;padding-top:14px;border-top:1px solid ${line};font-size:12px;line-height:16px;color:${muted}">${escapeHtml(reason)}${stop}</p>
</div>
</body></html>
`;
}

/** The same, for who reads text. */
export function mailText(content: MailContent, { siteName }: Branding): string {
  const { heading, paragraphs, quote, button, reason, unsubscribeUrl } = content;
  const parts = [
    heading,
    ...paragraphs,
    ...(quote
      ? [
          `${quote.by}:`,
          quote.body
            .split("\n")
            .map((row) => `> ${row}`)
            .join("\n"),
        ]
      : []),
    ...(button ? [`${button.label}:\n${button.url}`] : []),
    `-- \n${siteName}\n${reason}${unsubscribeUrl ? `\nStop these mails: ${unsubscribeUrl}` : ""}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Black or white, whichever reads better on the owner's colour (WCAG's luminance, switched at 0.1833). */
function textOn(color: string): string {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.1833 ? "#000000" : "#ffffff";
}
