import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Context, Middleware } from "koa";
import PostalMime, { type Email } from "postal-mime";
import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { escapeHtml } from "../core/http/pages.ts";
import { sendPage } from "../core/http/small-page.ts";
import { showMailPreviews } from "./dev-mail-previews.ts";
import { sendMailHtml } from "./mail-preview.ts";

const mostShown = 100;
/** The mails are one's own, so their links may be tried. */
const opensLinks = "allow-popups allow-popups-to-escape-sandbox";

/** `/dev/mail`: what the local mail catcher caught. Mounted in local mode only; mails are shown as strangers' text. */
export function devMail(): Middleware {
  return async function serveDevMail(ctx, next) {
    if (await showMailPreviews(ctx)) return;
    const match = /^\/dev\/mail(?:\/([^/]+\.eml))?(\/html)?\/?$/.exec(ctx.path);
    if (!match || (ctx.method !== "GET" && ctx.method !== "HEAD")) {
      await next();
      return;
    }
    ctx.state.route = "/dev/mail";
    const names = await caught();
    if (!match[1]) return showList(ctx, names);
    const name = names.find((one) => one === match[1] || encodeURIComponent(one) === match[1]);
    if (!name) throw new AppError("not_found", "There is no such mail.");
    const mail = await parse(name);
    if (match[2]) sendMailHtml(ctx, mail.html ?? "", opensLinks);
    else showMail(ctx, name, mail);
  };
}

const folder = (): string => config().SIDEDESK_MAIL_DIR ?? "";
const parse = async (name: string): Promise<Email> => PostalMime.parse(await readFile(join(folder(), name)));

/** Newest first: names begin with the time. One that begins with a dot is being written. */
async function caught(): Promise<string[]> {
  const names = folder() ? await readdir(folder()).catch(() => []) : [];
  return names
    .filter((name) => /^[^.].*\.eml$/.test(name))
    .sort()
    .reverse();
}

async function showList(ctx: Context, names: readonly string[]): Promise<void> {
  const rows = await Promise.all(
    names.slice(0, mostShown).map(async (name) => {
      const { to, subject, date } = await parse(name);
      return `<tr><td>${escapeHtml(date ?? "")}</td><td>${escapeHtml(addresses(to))}</td><td><a href="/dev/mail/${encodeURIComponent(name)}">${escapeHtml(subject ?? "(no subject)")}</a></td></tr>`;
    }),
  );
  const table = `<table><thead><tr><th>Sent</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const more = names.length > mostShown ? `<p class="quiet">The ${mostShown} newest of ${names.length}.</p>` : "";
  sendPage(ctx, {
    title: "Mail",
    body: `<h1>Mail</h1><p class="quiet"><a href="/dev/mail/previews">What every mail looks like</a></p>${rows.length > 0 ? table + more : "<p>No mail yet. What Sidedesk sends on this machine is caught and shown here.</p>"}`,
  });
}

function showMail(ctx: Context, name: string, mail: Email): void {
  const facts = [
    ["From", addresses(mail.from ? [mail.from] : [])],
    ["To", addresses(mail.to)],
    ["Sent", mail.date ?? ""],
    ...mail.headers
      .filter(({ key }) => shownHeaders.has(key))
      .map(({ originalKey, key, value }) => [originalKey || key, value]),
  ];
  const list = facts
    .map(([label, value]) => `<dt>${escapeHtml(label ?? "")}</dt><dd>${escapeHtml(value ?? "")}</dd>`)
    .join("");
  const html = mail.html
    ? `<h2>HTML</h2><iframe title="The mail as HTML" sandbox="${opensLinks}" src="/dev/mail/${encodeURIComponent(name)}/html"></iframe>`
    : "";
  sendPage(ctx, {
    title: mail.subject ?? "Mail",
    body: `<p><a href="/dev/mail">All mail</a></p><h1>${escapeHtml(mail.subject ?? "(no subject)")}</h1><dl>${list}</dl><h2>Text</h2><pre>${linked(mail.text ?? "")}</pre>${html}`,
  });
}
const shownHeaders = new Set([
  "message-id",
  "references",
  "auto-submitted",
  "list-unsubscribe",
  "list-unsubscribe-post",
]);

const addresses = (list: Email["to"]): string =>
  (list ?? []).map(({ name, address }) => (name ? `${name} <${address ?? ""}>` : (address ?? ""))).join(", ");

/** Addresses in text become links; everything else stays text. */
function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1
        ? `<a href="${escapeHtml(part)}" target="_blank" rel="noopener noreferrer">${escapeHtml(part)}</a>`
        : escapeHtml(part),
    )
    .join("");
}
