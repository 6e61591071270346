import { msg, str } from "@lit/localize";
import type { Submission, Ticket } from "@sidedesk/contract";
import { dueTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { checkIcon, clockIcon, copyIcon } from "@sidedesk/ui/icons";
import { clock } from "@sidedesk/ui/marks";
import { html, nothing, type TemplateResult } from "lit";

export interface Receipt {
  answer: Ticket | Submission;
  name: string;
  email: string;
  topic: string;
}

/** Sent: the number, when to expect an answer, and that the page may be closed. */
export function doneView({ answer, name, email, topic }: Receipt, locale: string): TemplateResult {
  const first = name.trim().split(/\s+/)[0];
  return html`<div class="panel-body done" role="status">
    <span class="done-art">${icon(checkIcon)}</span>
    <h2 tabindex="-1" data-focus>${first ? msg(str`We have it, ${first}`) : msg("We have it")}</h2>
    <p>${msg(str`You can close this page. We write to ${email} when there is an answer.`)}</p>
    <dl class="receipt card">
      <div>
        <dt>${msg("Number")}</dt>
        <dd class="row">
          <span class="mono">${answer.number}</span>
          <button
            class="icon-button icon-button-s"
            type="button"
            aria-label=${msg("Copy the number")}
            @click=${() => void navigator.clipboard?.writeText(answer.number).catch(() => undefined)}
          >
            ${icon(copyIcon)}
          </button>
        </dd>
      </div>
      ${
        topic
          ? html`<div>
              <dt>${msg("Topic")}</dt>
              <dd>${topic}</dd>
            </div>`
          : nothing
      }
      ${
        answer.slaDueAt
          ? html`<div>
              <dt>${msg("Answer by")}</dt>
              <dd>${clock("ok", dueTime(answer.slaDueAt, locale), 100, "success")}</dd>
            </div>`
          : nothing
      }
    </dl>
  </div>`;
}

/** Written while offline: it goes out by itself. */
export const waitingView = (): TemplateResult =>
  html`<div class="panel-body done" role="status">
    <span class="done-art" data-tone="warning">${icon(clockIcon)}</span>
    <h2>${msg("Waiting to send")}</h2>
    <p>${msg("We send your request when you are back. Nothing is lost when you close this.")}</p>
  </div>`;
