import { msg, str } from "@lit/localize";
import type { Letter, Outbox } from "@sidedesk/client/outbox";
import type { Comment, Ticket } from "@sidedesk/contract";
import { timeNow } from "@sidedesk/ui/clock";
import { clockTime, exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { clockIcon, infoIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { safeHtml } from "@sidedesk/ui/safe-html";
import { html, nothing, type TemplateResult } from "lit";

/** What a conversation shows: a comment, or the request itself as its first entry. */
export type Entry = Pick<Comment, "id" | "author" | "html" | "createdAt" | "attachments">;

export function firstEntry(ticket: Ticket): Entry {
  const { customer } = ticket;
  return {
    id: ticket.id,
    author: { type: "customer", id: customer.id, name: customer.name },
    html: ticket.descriptionHtml ?? "",
    createdAt: ticket.createdAt,
    attachments: ticket.attachments,
  };
}

/** Rendered once per entry: building it again at each tick would lose the reader's selection. */
const bodies = new Map<string, { source: string; element: HTMLElement }>();
function body(entry: Entry, plain: string): HTMLElement {
  const source = entry.html || plain;
  const present = bodies.get(entry.id);
  if (present?.source === source) return present.element;
  const element = document.createElement("div");
  element.className = "prose";
  if (entry.html) element.append(safeHtml(entry.html));
  else {
    const text = document.createElement("p");
    text.className = "plain";
    text.dir = "auto";
    text.textContent = plain;
    element.append(text);
  }
  bodies.set(entry.id, { source, element });
  return element;
}

/** How long ago, up to a day; then the heading of its day says the rest. */
function time(at: string, locale: string): TemplateResult {
  const isFresh = timeNow() - Date.parse(at) < 86_400_000;
  return html`<time datetime=${at} title=${exactTime(at, locale)}
    >${isFresh ? timeAgo(at, locale) : clockTime(at, locale)}</time
  >`;
}

/** Whether two entries are one person talking on: the second then needs no name of its own. */
export const isJoined = (entry: Entry, before: Entry | undefined): boolean =>
  before !== undefined &&
  before.author.type === entry.author.type &&
  before.author.id === entry.author.id &&
  entry.author.type !== "system" &&
  Date.parse(entry.createdAt) - Date.parse(before.createdAt) < 300_000;

/** One entry: own words tinted at the end side, staff white with an avatar, a machine violet and dashed, the system grey. */
export function entryView(
  entry: Entry,
  locale: string,
  { plain = "", joined = false, more = nothing }: { plain?: string; joined?: boolean; more?: unknown } = {},
): TemplateResult {
  const { type, name } = entry.author;
  const by = joined ? "sr" : "entry-by";
  if (type === "system") {
    return html`<li class="entry-system">
      ${icon(infoIcon)}<span>${body(entry, plain)}</span>${time(entry.createdAt, locale)}
    </li>`;
  }
  if (type === "customer") {
    return html`<li class="entry entry-own ${joined ? "joined" : ""}">
      <p class=${by}><span class="sr">${msg("You wrote at")} </span>${time(entry.createdAt, locale)}</p>
      <div class="bubble">${body(entry, plain)}${more}</div>
    </li>`;
  }
  const isMachine = type === "ai";
  return html`<li class="entry ${isMachine ? "entry-ai" : ""} ${joined ? "joined" : ""}">
    ${joined ? nothing : avatar(name, { machine: isMachine })}
    <p class=${by}>
      <b><bdi>${isMachine ? msg("Automatic answer") : name}</bdi></b
      >${time(entry.createdAt, locale)}
    </p>
    <div class="bubble">${body(entry, plain)}${more}</div>
  </li>`;
}

/** A message on its way, or one that was refused: the words stay, one tap sends again. */
export function letterView(letter: Letter<"comment">, box: Outbox): TemplateResult {
  const isFailed = letter.state === "failed";
  return html`<li class="entry entry-own ${isFailed ? "failed" : "unsent"}">
    <div class="bubble"><p class="plain" dir="auto">${letter.input.body}</p></div>
    <p class="entry-by" role="status">
      ${
        isFailed
          ? html`<span class="problem">${msg("Not sent.")} ${letter.problem?.detail ?? nothing}</span>
              <button type="button" @click=${() => box.retry(letter.key)}>${msg("Send again")}</button>
              <button type="button" @click=${() => box.remove(letter.key)}>${msg("Delete")}</button>`
          : letter.state === "sending"
            ? html`${icon(clockIcon)}${msg("Sending")}`
            : html`${icon(clockIcon)}${msg("Waiting to send")}`
      }
    </p>
  </li>`;
}

/** Three dots while somebody of staff writes. */
export const typingView = (name: string): TemplateResult =>
  html`<li class="entry entry-typing">
    ${avatar(name)}
    <div class="bubble">
      <span class="typing" role="img" aria-label=${msg(str`${name} is typing`)}><i></i><i></i><i></i></span>
    </div>
  </li>`;
