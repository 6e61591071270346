import { msg, str } from "@lit/localize";
import type { AlertChannel, ChannelTest, Settings, SettingsPatch } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon, circleAlertIcon, circleCheckIcon } from "@sidedesk/ui/icons";
import { textOf } from "../shell/forms.ts";
import { channelName } from "./alert-words.ts";
import { SetupSection } from "./section.ts";

declare global {
  interface HTMLElementEventMap {
    "desk-channel-saved": ChannelSavedEvent;
    "desk-channel-tested": Event;
  }
}
/** The site's channels as they are now. */
export class ChannelSavedEvent extends Event {
  readonly channels: Settings["channels"];
  constructor(channels: Settings["channels"]) {
    super("desk-channel-saved", { bubbles: true, composed: true });
    this.channels = channels;
  }
}
type Patch = NonNullable<SettingsPatch["channels"]>;

/** One channel of alerts: folded until somebody looks, saved as a whole, tried by a button that says what came of it. */
export abstract class AlertChannelPart extends SetupSection {
  static override styles = [
    ...SetupSection.styles,
    css`
      :host {
        display: block;
        max-inline-size: none;
      }
      details {
        inline-size: 100%;
      }
      summary {
        inline-size: 100%;
        display: flex;
        align-items: center;
        gap: var(--sd-3);
        min-block-size: max(48px, var(--sd-target));
        padding: 6px var(--sd-4);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary:focus-visible {
        outline-offset: -3px;
      }
      summary > .grow {
        flex: 1;
        min-inline-size: 0;
        display: grid;
      }
      summary .icon {
        transition: rotate var(--sd-fast);
      }
      [open] summary .icon {
        rotate: 180deg;
      }
      @media (prefers-reduced-motion: reduce) {
        summary .icon {
          transition: none;
        }
      }
      form {
        gap: var(--sd-4);
        padding: var(--sd-2) var(--sd-4) var(--sd-5);
      }
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
        min-inline-size: 0;
      }
      legend {
        padding: 0;
        font: 600 var(--sd-type-dense);
      }
      .pair {
        align-items: start;
      }
      .result {
        display: flex;
        gap: var(--sd-2);
        overflow-wrap: anywhere;
      }
      .result[data-tone="success"] {
        color: var(--sd-success);
      }
      .result[data-tone="error"] {
        color: var(--sd-error);
      }
    `,
  ];

  /** All of the site's channels; this one's part is shown. */
  @property({ attribute: false }) channels!: Settings["channels"];
  @state() protected tested: ChannelTest | null = null;

  protected abstract get channel(): AlertChannel;
  /** Where it goes, in a few words; empty while it is not set up. */
  protected abstract get target(): string;
  protected abstract renderFields(): TemplateResult;
  /** What is sent to the desk, read from the form. */
  protected abstract patchOf(form: HTMLFormElement): Patch;

  /** What it shows is given to it. */
  protected override async fetch(): Promise<void> {}

  protected renderLoaded(): TemplateResult {
    const isOn = this.channels[this.channel].enabled === true && this.target !== "";
    const tone = isOn ? "success" : nothing;
    const name = channelName[this.channel];
    return html`<details>
      <summary>
        <span class="grow"
          ><b>${name}</b><span class="meta truncate"><bdi>${this.target || msg("Not set up")}</bdi></span></span
        >
        <span class="chip" data-tone=${tone}>${isOn ? msg("On") : msg("Off")}</span>${icon(chevronDownIcon)}
      </summary>
      <form @submit=${this.handleSave}>
        <label class="toggle"
          ><input
            class="switch"
            type="checkbox"
            role="switch"
            name="enabled"
            .checked=${this.channels[this.channel].enabled === true}
          />${this.channel === "sms" ? msg("Send text messages") : msg(str`Send alerts to ${name}`)}</label
        >
        ${this.renderFields()} ${this.renderProblem("form")}
        <div class="line">
          <button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
            ${msg("Save")}
          </button>
          <button
            class="button"
            type="button"
            ?disabled=${this.target === ""}
            aria-disabled=${this.isBusy ? "true" : nothing}
            @click=${this.handleTest}
          >
            ${msg("Send a test")}
          </button>
        </div>
        <div role="status">${this.tested ? this.renderResult(this.tested) : nothing}</div>
      </form>
    </details>`;
  }

  private renderResult({ ok, detail, latencyMs }: ChannelTest): TemplateResult {
    const said = latencyMs ? `${detail} (${latencyMs} ms)` : detail;
    const words = ok ? msg("The test has arrived.") : msg("The test did not arrive.");
    return html`<p class="result" data-tone=${ok ? "success" : "error"}>
      ${icon(ok ? circleCheckIcon : circleAlertIcon)}<span>${words} <bdi>${said}</bdi></span>
    </p>`;
  }

  /** A tick box with what it stands for. */
  protected renderTick(name: string, value: string, isOn: boolean, words: string): TemplateResult {
    return html`<label class="toggle"
      ><input class="check" type="checkbox" name=${name} value=${value} .checked=${isOn} />${words}</label
    >`;
  }

  protected readonly isOn = (form: HTMLFormElement): boolean => textOf(form, "enabled") === "on";

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    await this.save(this.patchOf(event.target as HTMLFormElement));
  };

  protected async save(channels: Patch): Promise<void> {
    const { client, slug } = this.session;
    this.tested = null;
    await this.try(
      "form",
      async () => {
        const saved = (await client.sites.updateSettings(slug!, { channels })).channels;
        this.channels = saved;
        // A secret is shown no more once it is kept.
        for (const secret of this.renderRoot.querySelectorAll<HTMLInputElement>("[data-secret]")) secret.value = "";
        this.dispatchEvent(new ChannelSavedEvent(saved));
      },
      msg("Saved."),
    );
  }

  private readonly handleTest = async (): Promise<void> => {
    this.tested = null;
    await this.try("form", async () => {
      this.tested = await this.session.client.alerts.test(this.session.slug!, this.channel);
      this.dispatchEvent(new Event("desk-channel-tested", { bubbles: true, composed: true }));
    });
  };
}
