import { msg, str } from "@lit/localize";
import { badge, figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { checkCheckIcon, chevronDownIcon, rotateCwIcon, trash2Icon } from "@sidedesk/ui/icons";
import { banner, emptyArt } from "@sidedesk/ui/surfaces";
import { vars } from "@sidedesk/ui/vars";
import { html, nothing, type TemplateResult } from "lit";
import { closeButton } from "../../session/view-parts.ts";
import { noticeTypes, type Done, type NoticeBook, type NoticeSort } from "./notice-book.ts";
import type { SnoozeEvent } from "./notice-snooze.ts";
import { doneWords, emptyWords, tabName, typeWord } from "./notice-words.ts";

type Show = (change: Parameters<NoticeBook["show"]>[0]) => void;

/** Heading, kinds with how many each has, order, and what is unread alone. */
export function centreHead(
  host: HTMLElement & { framed: boolean },
  book: NoticeBook,
  locale: string,
  show: Show,
): TemplateResult {
  const { unread } = book.count(book.type);
  const tab = (type: (typeof noticeTypes)[number] | null) => {
    const count = book.count(type);
    const isChosen = type === book.type;
    return html`<button
      class="filter"
      role="tab"
      type="button"
      id="tab-${type ?? "all"}"
      data-type=${type ?? nothing}
      aria-controls="news"
      aria-selected=${isChosen ? "true" : "false"}
      aria-label=${book.counts ? tabName(type, count, locale) : typeWord(type)}
      tabindex=${isChosen ? 0 : -1}
      @click=${() => show({ type })}
    >
      ${typeWord(type)}
      ${
        book.counts
          ? html`<span
              class="number"
              data-count=${figure(book.isUnreadOnly ? count.unread : count.total, locale)}
            ></span>`
          : nothing
      }
      ${count.unread ? html`<span class="dot"></span>` : nothing}
    </button>`;
  };
  const option = (value: NoticeSort, word: string) =>
    html`<option value=${value} ?selected=${book.sort === value}>${word}</option>`;
  return html`<header class="panel-head">
      <h1 tabindex="-1" data-focus>${msg("Updates")}</h1>
      ${
        unread
          ? html`<span class="count count-alert" data-count=${badge(unread, locale)}></span>
              <button class="button button-quiet button-s" type="button" @click=${() => void book.readAll()}>
                ${icon(checkCheckIcon)}${msg("Mark all read")}
              </button>`
          : nothing
      }
      ${closeButton(host, host.framed)}
    </header>
    <div class="tools">
      <div class="filters" role="tablist" aria-label=${msg("Kind")}>${[null, ...noticeTypes].map(tab)}</div>
      <span class="select order"
        ><select
          class="input"
          aria-label=${msg("Order")}
          @change=${(event: Event) => show({ sort: (event.target as HTMLSelectElement).value as NoticeSort })}
        >
          ${option("newest", msg("Newest first"))}${option("oldest", msg("Oldest first"))}${option("unread", msg("Unread first"))}</select
        >${icon(chevronDownIcon)}</span
      >
      <button
        class="filter"
        type="button"
        aria-pressed=${book.isUnreadOnly ? "true" : "false"}
        @click=${() => show({ isUnreadOnly: !book.isUnreadOnly })}
      >
        ${msg("Unread only")}
      </button>
    </div>`;
}

/** Above the rows: tick all; with some ticked, what can be done with them. */
export function listBar(
  book: NoticeBook,
  locale: string,
  act: (action: "all" | "read" | "delete" | Date) => void,
): TemplateResult {
  const { size } = book.selection;
  const isAll = size > 0 && book.notices.every((one) => book.selection.has(one.id));
  const name = size ? msg(str`${figure(size, locale)} selected`) : msg("Select all");
  return html`<div class="bar" role="toolbar" aria-label=${name}>
    <label class="all"
      ><input
        class="check"
        type="checkbox"
        .checked=${isAll}
        .indeterminate=${size > 0 && !isAll}
        @click=${() => act("all")}
      />${name}</label
    >
    ${
      size
        ? html`<button
              class="button button-quiet button-s"
              type="button"
              title=${msg("Mark read")}
              @click=${() => act("read")}
            >
              ${icon(checkCheckIcon)}<span class="word">${msg("Mark read")}</span>
            </button>
            <sidedesk-notice-snooze
              small
              @sidedesk-snooze=${(event: SnoozeEvent) => act(event.until)}
            ></sidedesk-notice-snooze>
            <button
              class="button button-quiet button-s"
              type="button"
              title=${msg("Delete")}
              @click=${() => act("delete")}
            >
              ${icon(trash2Icon)}<span class="word">${msg("Delete")}</span>
            </button>`
        : nothing
    }
  </div>`;
}

/** Below the last row: more to come, a way to ask again, or that this is all. */
export function tailRow(book: NoticeBook, top: number): TemplateResult {
  const inside = book.moreFailed
    ? html`<button class="button button-quiet button-s" type="button" @click=${() => void book.more()}>
        ${icon(rotateCwIcon)}${msg("Try again")}
      </button>`
    : book.cursor
      ? html`<span class="spin" role="img" aria-label=${msg("Loading")}></span>`
      : msg("That is all. Updates are kept for 30 days.");
  return html`<div class="line tail meta" role="listitem" ${vars({ translate: `0 ${top}px` })}>${inside}</div>`;
}

/** What the present filter finds is nothing. */
export function emptyView(book: NoticeBook, clear: () => void): TemplateResult {
  const [title, text] = emptyWords(book.type, book.isUnreadOnly);
  return html`<div class="empty">
    ${emptyArt()}
    <h2>${title}</h2>
    <p>${text}</p>
    ${
      book.type || book.isUnreadOnly
        ? html`<button class="button" type="button" @click=${clear}>${msg("Show all updates")}</button>`
        : nothing
    }
  </div>`;
}

/** What was done last, with "Undo" for a while; or that it could not be done. */
export function doneBar(
  book: NoticeBook,
  locale: string,
  wait: { hold: () => void; go: () => void; undo: (done: Done) => void },
): TemplateResult {
  const { done } = book;
  return html`<div
    class="done"
    role="status"
    @pointerenter=${wait.hold}
    @focusin=${wait.hold}
    @pointerleave=${wait.go}
    @focusout=${wait.go}
  >
    ${
      book.hasFailed
        ? banner("error", msg("That did not arrive, so it is as before. Please try again."))
        : done
          ? html`<p>
              <span>${doneWords(done, locale)}</span
              ><button class="button button-s" type="button" @click=${() => wait.undo(done)}>${msg("Undo")}</button>
            </p>`
          : nothing
    }
  </div>`;
}
