import { msg, str } from "@lit/localize";
import type { WebhooksApi } from "@sidedesk/client";
import type { Webhook } from "@sidedesk/contract";
import { timeNow } from "@sidedesk/ui/clock";
import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { shortUrl } from "./said.ts";
import { WebhookDialog } from "./webhook-dialog.ts";

const hourMs = 3_600_000;

/** What is in a `datetime-local` field: this browser's time, without a zone. */
const localTime = (at: number): string =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Everything since a moment was asked for again. */
export class WebhookReplayEvent extends Event {
  readonly count: number;
  constructor(count: number) {
    super("sidedesk-webhook-replay");
    this.count = count;
  }
}

/**
 * @summary Asks since when everything shall be sent again.
 * @event sidedesk-webhook-replay - It was begun; `event.count` says how many deliveries it is.
 */
export class WebhookReplay extends WebhookDialog {
  @property({ attribute: false }) api!: WebhooksApi;
  @state() private hook: Webhook | null = null;
  @state() private since = "";

  async show(hook: Webhook): Promise<void> {
    this.hook = hook;
    this.since = localTime(timeNow() - hourMs);
    await this.open();
  }

  override render() {
    const name = this.hook ? shortUrl(this.hook.url) : "";
    return this.renderFrame(
      msg(str`Replay to ${name}`),
      html`<p>
          ${msg("Everything that happened since is sent again, what arrived too, under its first id. What was never sent because nothing listened yet is sent as well.")}
        </p>
        <div class="field">
          <label for="since">${msg("Since")}</label>
          <input
            class="input"
            id="since"
            type="datetime-local"
            required
            max=${localTime(timeNow())}
            .value=${this.since}
            aria-describedby="since-problem"
            aria-invalid=${this.problems["since"] ? "true" : "false"}
            @input=${this.handleInput}
          />
          ${this.renderProblem("since")}
        </div>
        <div class="choices" role="group" aria-label=${msg("Often used")}>
          ${this.renderPreset(msg("Last hour"), 1)}${this.renderPreset(msg("Last 24 hours"), 24)}${this.renderPreset(msg("Last 7 days"), 168)}
        </div>`,
      html`<button class="button" type="button" @click=${this.close}>${msg("Cancel")}</button
        ><button class="button button-primary" type="button" ?disabled=${this.isBusy} @click=${this.handleReplay}>
          ${this.renderSpin()}${msg("Replay")}
        </button>`,
    );
  }

  private renderPreset(label: string, hours: number): TemplateResult {
    return html`<button
      class="button button-s"
      type="button"
      @click=${() => (this.since = localTime(timeNow() - hours * hourMs))}
    >
      ${label}
    </button>`;
  }

  private readonly handleInput = (event: Event): void => {
    this.since = (event.target as HTMLInputElement).value;
  };

  private readonly handleReplay = async (): Promise<void> => {
    const since = new Date(this.since);
    if (Number.isNaN(since.getTime())) {
      this.problems = { since: msg("Choose a day and a time.") };
      return;
    }
    await this.attempt(async () => {
      const { count } = await this.api.replay(this.hook!.id, since.toISOString());
      this.dispatchEvent(new WebhookReplayEvent(count));
      this.close();
    });
  };
}
