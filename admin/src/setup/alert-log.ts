import { msg, str } from "@lit/localize";
import type { AlertEntry, AlertState } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { figure } from "@sidedesk/ui/format";
import { locale } from "../shell/localization.ts";
import { LogPart } from "../shell/log-part.ts";
import { channelName, entryWord } from "./alert-words.ts";

const tones: Record<AlertState, string> = { succeeded: "success", failed: "error", pending: "info", cancelled: "" };
const stateWords = (): Record<AlertState, string> => ({
  succeeded: msg("Sent"),
  failed: msg("Failed"),
  pending: msg("Waiting"),
  cancelled: msg("Called off"),
});
/** While something waits, the log is looked at again this often. */
const againMs = 5000;

/**
 * @summary The last alerts of a site and what became of them, newest first; a failed one can be sent again.
 */
export class AlertLog extends LogPart<AlertEntry, AlertState> {
  protected readonly tones = tones;
  protected readonly stateWords = stateWords;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  /** Looks anew: something was sent. */
  refresh(): Promise<void> {
    return this.load();
  }

  protected page(cursor?: string | null) {
    return this.session.client.alerts.log({ limit: 20, ...this.filter(cursor) });
  }

  protected override async fetch(): Promise<void> {
    await super.fetch();
    clearTimeout(this.timer);
    if (this.isConnected && this.entries.some(({ state }) => state === "pending"))
      this.timer = setTimeout(() => !document.hidden && void this.load(), againMs);
  }

  protected words() {
    return { label: msg("Alerts"), all: msg("All alerts"), noneLike: msg("No alerts like that") };
  }

  protected renderLoaded(): TemplateResult {
    return html`${this.renderFilter()}${this.renderEntries()}`;
  }

  protected renderNothing(): TemplateResult {
    return html`<h2>${msg("No alerts yet")}</h2>
      <p>${msg("What is sent to your channels is listed here, with what became of it.")}</p>`;
  }

  protected timeOf({ createdAt }: AlertEntry): string {
    return createdAt;
  }

  protected renderWhat(entry: AlertEntry): TemplateResult {
    const { id, channel, kind, to, state, count, attempts } = entry;
    const words = entryWord(kind);
    return html`<span><b>${channelName[channel]}</b> · ${words}<span class="between"> · </span><bdi>${to}</bdi></span>
      ${count > 1 ? html`<span class="meta">${msg(str`${figure(count, locale())} gathered in it`)}</span>` : nothing}
      ${this.renderTries(entry)}
      ${
        state === "failed" || (state === "pending" && attempts > 0)
          ? html`<span class="actions"
              ><button
                class="button button-s"
                type="button"
                ?disabled=${this.isBusy}
                aria-label="${msg("Send again")}: ${channelName[channel]}, ${words}"
                @click=${() => this.handleRetry(id)}
              >
                ${msg("Send again")}
              </button></span
            >`
          : nothing
      } `;
  }

  private handleRetry(id: string): Promise<void> {
    return this.try(async () => {
      this.replace(await this.session.client.alerts.retry(id));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.load(), againMs / 2);
      this.toasts.show(msg("It is being sent again."));
    });
  }

  /** Whoever reads on is not thrown back to the newest. */
  protected override moreShown(): void {
    clearTimeout(this.timer);
  }
}
customElements.define("desk-alert-log", AlertLog);
