import { msg, str } from "@lit/localize";
import type { NoticeType, Notification } from "@sidedesk/contract";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon, type IconShape } from "@sidedesk/ui/icon";
import {
  infoIcon,
  messageCircleIcon,
  receiptTextIcon,
  shieldCheckIcon,
  trash2Icon,
  triangleAlertIcon,
} from "@sidedesk/ui/icons";
import type { Tone } from "@sidedesk/ui/marks";
import { html, nothing, type TemplateResult } from "lit";

const kinds: Record<NoticeType, [IconShape, Tone]> = {
  ticket: [messageCircleIcon, "primary"],
  billing: [receiptTextIcon, "info"],
  compliance: [shieldCheckIcon, "success"],
  alert: [triangleAlertIcon, "error"],
  info: [infoIcon, "muted"],
};

/** One notice: what kind, what happened, when; bold with a dot while it is unread. */
export function noticeRow(
  notice: Notification,
  options: { locale: string; choose: () => void; remove: () => void },
): TemplateResult {
  const [shape, tone] = kinds[notice.type] ?? kinds.info;
  const { createdAt } = notice;
  return html`<div part="notice" class="notice" ?data-new=${!notice.read}>
    <span class="kind" data-tone=${tone}>${icon(shape, { large: true })}</span>
    <button class="show" data-key=${notice.id} type="button" dir="auto" @click=${options.choose}>
      ${notice.title}${notice.read ? nothing : html`<span class="sr">, ${msg("unread")}</span>`}
    </button>
    <p class="truncate" dir="auto">${notice.message}</p>
    <time datetime=${createdAt} title=${exactTime(createdAt, options.locale)}
      >${timeAgo(createdAt, options.locale)}</time
    >
    <span class="aside">
      <button
        class="icon-button icon-button-s remove"
        type="button"
        aria-label=${msg(str`Delete: ${notice.title}`)}
        @click=${options.remove}
      >
        ${icon(trash2Icon)}
      </button>
      ${notice.read ? nothing : html`<span class="dot"></span>`}
    </span>
  </div>`;
}
