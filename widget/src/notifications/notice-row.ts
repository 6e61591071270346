import { msg } from "@lit/localize";
import type { NoticeType, Notification } from "@sidedesk/contract";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon, type IconShape } from "@sidedesk/ui/icon";
import { infoIcon, messageCircleIcon, receiptTextIcon, shieldCheckIcon, triangleAlertIcon } from "@sidedesk/ui/icons";
import type { Tone } from "@sidedesk/ui/marks";
import { html, nothing, type TemplateResult } from "lit";

const kinds: Record<NoticeType, [IconShape, Tone]> = {
  ticket: [messageCircleIcon, "primary"],
  billing: [receiptTextIcon, "info"],
  compliance: [shieldCheckIcon, "success"],
  alert: [triangleAlertIcon, "error"],
  info: [infoIcon, "muted"],
};

/** What kind of notice it is, as a drawing on its colour. */
export function kindMark({ type }: Notification): TemplateResult {
  const [shape, tone] = kinds[type] ?? kinds.info;
  return html`<span class="kind" data-tone=${tone}>${icon(shape, { large: true })}</span>`;
}

interface RowOptions {
  locale: string;
  choose: (event: MouseEvent) => void;
  /** Drawn over the kind: a box to tick it. */
  check?: TemplateResult;
  /** Where one row of many takes the focus: whether it is this one, and whether it is the one that is read beside the list. */
  focusable?: boolean;
  current?: boolean;
}

/** One notice: what kind, what happened, when; bold with a dot while it is unread. */
export function noticeRow(
  notice: Notification,
  { locale, choose, check, focusable = true, current }: RowOptions,
): TemplateResult {
  const { createdAt } = notice;
  return html`<div part="notice" class="notice" ?data-new=${!notice.read}>
    ${kindMark(notice)}${check ?? nothing}
    <button
      class="show"
      data-key=${notice.id}
      type="button"
      dir="auto"
      tabindex=${focusable ? nothing : -1}
      aria-current=${current || nothing}
      @click=${choose}
    >
      ${notice.title}${notice.read ? nothing : html`<span class="sr">, ${msg("unread")}</span>`}
    </button>
    <p class="truncate" dir="auto">${notice.message}</p>
    <time datetime=${createdAt} title=${exactTime(createdAt, locale)}>${timeAgo(createdAt, locale)}</time>
    ${notice.read ? nothing : html`<span class="dot"></span>`}
  </div>`;
}
