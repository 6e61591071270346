import { msg } from "@lit/localize";
import type { Settings } from "@sidedesk/contract";
import { css, html } from "lit";
import { query, state } from "lit/decorators.js";
import type { ChannelSavedEvent } from "./alert-channel.ts";
import type { AlertLog } from "./alert-log.ts";
import "./alert-log.ts";
import "./chat-channel.ts";
import "./sms-channel.ts";
import { SetupSection } from "./section.ts";

/**
 * @summary Where the desk raises its voice: chat rooms and phones, what each hears, and what became of it.
 */
export class AlertsSection extends SetupSection {
  static override styles = [
    ...SetupSection.styles,
    css`
      .channel + .channel {
        border-block-start: 1px solid var(--sd-border);
      }
    `,
  ];

  @state() private channels!: Settings["channels"];
  @query("desk-alert-log") private log!: AlertLog | null;

  protected async fetch(): Promise<void> {
    this.channels = (await this.session.client.sites.settings(this.session.slug!)).channels;
  }

  protected renderLoaded() {
    const { channels } = this;
    return html`<section
        @desk-channel-saved=${this.handleSaved}
        @desk-channel-tested=${() => this.log?.refresh()}
        aria-labelledby="channels"
      >
        <h2 id="channels">${msg("Alerts")}</h2>
        <p class="meta">
          ${msg("Each channel gets at most one message a minute of each kind; what comes in between goes along with the next.")}
        </p>
        <div class="card">
          <desk-chat-channel class="channel" .kind=${"discord"} .channels=${channels}></desk-chat-channel>
          <desk-chat-channel class="channel" .kind=${"slack"} .channels=${channels}></desk-chat-channel>
          <desk-chat-channel class="channel" .kind=${"teams"} .channels=${channels}></desk-chat-channel>
          <desk-sms-channel class="channel" .channels=${channels}></desk-sms-channel>
        </div>
      </section>
      <section aria-labelledby="last">
        <h2 id="last">${msg("Last alerts")}</h2>
        <desk-alert-log></desk-alert-log>
      </section>`;
  }

  private readonly handleSaved = ({ channels }: ChannelSavedEvent): void => void (this.channels = channels);
}
customElements.define("desk-setup-alerts", AlertsSection);
