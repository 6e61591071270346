import { msg } from "@lit/localize";
import type { Notification } from "@sidedesk/contract";
import { exactTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { arrowLeftIcon, trash2Icon } from "@sidedesk/ui/icons";
import { safeHref } from "@sidedesk/ui/safe-html";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { html, nothing, type TemplateResult } from "lit";
import { ticketOf } from "../../session/desk-events.ts";
import { kindMark } from "../notice-row.ts";
import type { SnoozeEvent } from "./notice-snooze.ts";
import { typeWord } from "./notice-words.ts";

interface DetailActions {
  locale: string;
  close: () => void;
  open: (ticketId: string) => void;
  snooze: (until: Date) => void;
  remove: () => void;
}

/** One notice in full, beside the list or in its place: what it says, when, and where it leads. */
export function noticeDetail(notice: Notification | null, actions: DetailActions): TemplateResult {
  if (!notice)
    return html`<div class="empty detail-none">
      ${emptyArt()}
      <p>${msg("Choose an update to read all of it here.")}</p>
    </div>`;
  const ticketId = ticketOf(notice);
  const href = !ticketId && notice.link ? safeHref(notice.link) : undefined;
  return html`<article part="detail" class="detail" aria-labelledby="detail-title">
    <button class="button button-quiet button-s back" type="button" @click=${actions.close}>
      ${icon(arrowLeftIcon, { flips: true })}${msg("Back to the list")}
    </button>
    <p class="detail-kind">${kindMark(notice)}<span class="meta">${typeWord(notice.type)}</span></p>
    <h2 id="detail-title" tabindex="-1" dir="auto">${notice.title}</h2>
    <time class="meta" datetime=${notice.createdAt}>${exactTime(notice.createdAt, actions.locale)}</time>
    <p class="detail-text" dir="auto">${notice.message}</p>
    <div class="detail-actions">
      ${
        ticketId
          ? html`<button class="button button-primary" type="button" @click=${() => actions.open(ticketId)}>
              ${msg("Open the request")}
            </button>`
          : nothing
      }
      ${
        href
          ? html`<a class="button button-primary" href=${href} target="_blank" rel="noopener noreferrer"
              >${msg("Open the page")}</a
            >`
          : nothing
      }
      <sidedesk-notice-snooze
        @sidedesk-snooze=${(event: SnoozeEvent) => actions.snooze(event.until)}
      ></sidedesk-notice-snooze>
      <button class="button button-quiet" type="button" @click=${actions.remove}>
        ${icon(trash2Icon)}${msg("Delete")}
      </button>
    </div>
  </article>`;
}
