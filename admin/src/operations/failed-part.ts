import { msg, str } from "@lit/localize";
import type { FailedWork } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { exactTime, figure, timeAgo } from "@sidedesk/ui/format";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { locale } from "../shell/localization.ts";
import { PagedPart } from "../shell/paged-part.ts";
import { LoadedPart } from "../shell/part.ts";

/**
 * @summary Work of every kind that was given up, the latest first: what it was, why, and again. Owners find the queues here.
 */
export class FailedPart extends PagedPart<FailedWork> {
  static override styles = [
    ...LoadedPart.styles,
    css`
      .line {
        flex-wrap: wrap;
      }
      .error {
        color: var(--sd-error);
        overflow-wrap: anywhere;
      }
      .what .button {
        justify-self: start;
        margin-block-start: var(--sd-1);
      }
    `,
  ];

  protected page(cursor?: string | null) {
    return this.session.client.operations.failed(cursor ? { cursor } : {});
  }

  protected renderLoaded(): TemplateResult {
    const kinds = [...new Set(this.entries.map(({ queue }) => queue))];
    return html`<div class="line">
        ${kinds.map(
          (queue) =>
            html`<button
              class="button"
              type="button"
              ?disabled=${this.isBusy}
              @click=${() => this.handleRetry({ queue })}
            >
              ${msg(str`Do all of ${queue} again`)}
            </button>`,
        )}
        ${
          this.session.role === "owner"
            ? html`<button class="button" type="button" ?disabled=${this.isBusy} @click=${this.handleQueues}>
                ${msg("Look at the queues")}
              </button>`
            : nothing
        }
      </div>
      ${this.entries.length === 0 ? this.renderEmpty() : this.renderEntries()} ${this.renderMore()}`;
  }

  private renderEmpty(): TemplateResult {
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${msg("Nothing was given up")}</h2>
      <p>${msg("Work that failed for good is listed here, with why, and can be done again.")}</p>
    </div>`;
  }

  private renderEntries(): TemplateResult {
    return html`<ol class="feed card" aria-label=${msg("Failed work")} aria-busy=${this.isLoading}>
      ${this.entries.map((entry) => this.renderEntry(entry))}
    </ol>`;
  }

  private renderEntry({ id, queue, title, attempts, error, failedAt }: FailedWork): TemplateResult {
    return html`<li>
      <span class="chip" data-tone="error">${msg("Failed")}</span>
      <div class="what">
        <span
          ><b class="mono">${queue}</b> ${title ? html`<bdi>${title}</bdi>` : nothing}
          ${attempts > 1 ? html`<span class="meta">${msg(str`${figure(attempts, locale())} tries`)}</span>` : nothing}</span
        >
        ${error ? html`<span class="meta error" dir="auto">${error}</span>` : nothing}
        <button
          class="button button-s"
          type="button"
          ?disabled=${this.isBusy}
          aria-label="${msg("Do again")}: ${queue} ${title}"
          @click=${() => this.handleRetry({ queue, id })}
        >
          ${msg("Do again")}
        </button>
      </div>
      <time class="meta" datetime=${failedAt} title=${exactTime(failedAt, locale())}
        >${timeAgo(failedAt, locale())}</time
      >
    </li>`;
  }

  private handleRetry(work: { queue: string; id?: string }): Promise<void> {
    return this.try(async () => {
      const { count } = await this.session.client.operations.retry(work);
      const isDone = ({ queue, id }: FailedWork) => queue === work.queue && (!work.id || id === work.id);
      this.entries = this.entries.filter((entry) => !isDone(entry));
      this.toasts.show(msg(str`${figure(count, locale())} being done again.`));
    });
  }

  /** The tab is opened at once, while the click still counts as one; where it leads is known a moment later. */
  private readonly handleQueues = (): Promise<void> => {
    const tab = open("", "_blank");
    return this.try(async () => {
      try {
        const { url } = await this.session.client.operations.openQueues();
        if (tab) tab.location.href = url;
        else location.assign(url);
      } catch (error) {
        tab?.close();
        throw error;
      }
    });
  };
}
customElements.define("desk-operations-failed", FailedPart);
