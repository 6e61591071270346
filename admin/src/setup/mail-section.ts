import { msg } from "@lit/localize";
import type { ChannelTest, EmailSettings, Settings, SettingsPatch, SwitchableMail } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, circleCheckIcon } from "@sidedesk/ui/icons";
import { paths } from "../router.ts";
import { textOf } from "../shell/forms.ts";
import { customerMails, staffMails } from "../shell/mail-kinds.ts";
import type { MailPreviewDialog } from "../shell/mail-preview.ts";
import "../shell/mail-preview.ts";
import { SetupSection } from "./section.ts";

/**
 * @summary How a site writes mail: its sender and logo, what is sent, how each mail looks, and whether mail goes out.
 */
export class MailSection extends SetupSection {
  static override styles = [
    ...SetupSection.styles,
    css`
      .toggle,
      .toggle > span {
        display: flex;
        align-items: center;
        gap: var(--sd-3);
        min-block-size: max(32px, var(--sd-target));
        cursor: pointer;
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

  @state() private email: EmailSettings = {};
  /** Whether notices and pushes carry what was written. */
  @state() private noticeText = false;
  @state() private tested: ChannelTest | null = null;
  @query("desk-mail-preview") private preview!: MailPreviewDialog;

  protected async fetch(): Promise<void> {
    this.take((await this.session.client.sites.settings(this.session.slug!)).channels);
  }

  private take({ email, notices }: Settings["channels"]): void {
    this.email = email;
    this.noticeText = notices.includeText;
  }

  protected renderLoaded() {
    const { fromName, fromAddress, replyTo, logoUrl } = this.email;
    return html`<form @submit=${this.handleSender}>
        <h2>${msg("Mail")}</h2>
        <p class="meta">
          ${msg("Mails are written in the site's language and carry its colour.")}
          <a href=${paths.setup("site")}>${msg("Change the language")}</a>
        </p>
        <div class="pair">
          ${this.renderField("fromName", msg("Sender's name"), fromName, { placeholder: this.session.siteName, maxlength: 100 })}
          ${this.renderField("fromAddress", msg("Sender's address"), fromAddress, { type: "email", maxlength: 254 })}
          ${this.renderField("replyTo", msg("Answers go to"), replyTo, { type: "email", maxlength: 254 })}
          ${this.renderField("logoUrl", msg("Logo, as an https address"), logoUrl, { type: "url", maxlength: 2048 })}
        </div>
        <p class="meta">
          ${msg("What is left empty is the desk's own. The address must be in a domain that whoever runs the desk allows; the logo is shown 32 px high instead of the name.")}
        </p>
        ${this.renderProblem("sender")}
        <div><button class="button button-primary" type="submit">${msg("Save sender")}</button></div>
      </form>
      ${this.renderKinds()}
      <section aria-labelledby="try">
        <h2 id="try">${msg("Try it")}</h2>
        <p class="meta">${msg("A mail in this look, to your own address, at once.")}</p>
        <div>
          <button
            class="button"
            type="button"
            aria-disabled=${this.isBusy ? "true" : nothing}
            @click=${this.handleTest}
          >
            ${msg("Send a test to me")}
          </button>
        </div>
        <div role="status">${this.tested ? this.renderResult(this.tested) : nothing}</div>
        ${this.renderProblem("test")}
        <p class="meta"><a href=${paths.operations("mail")}>${msg("What was sent, and what became of it")}</a></p>
      </section>
      <desk-mail-preview></desk-mail-preview>`;
  }

  private renderField(
    name: keyof EmailSettings,
    label: string,
    value: string | null | undefined,
    { type = "text", placeholder = "", maxlength }: { type?: string; placeholder?: string; maxlength: number },
  ): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label
      ><input
        class="input"
        id=${name}
        name=${name}
        type=${type}
        maxlength=${maxlength}
        placeholder=${placeholder}
        .value=${value ?? ""}
      />
    </div>`;
  }

  private renderKinds(): TemplateResult {
    const { enabled = true, includeText = true } = this.email;
    return html`<section aria-labelledby="kinds">
      <h2 id="kinds">${msg("What is sent")}</h2>
      ${this.renderToggle(msg("Send mail"), enabled, () => this.save("kinds", { enabled: !enabled }))}
      ${this.renderToggle(msg("Mails carry what was written"), includeText, () => this.save("kinds", { includeText: !includeText }))}
      ${this.renderToggle(msg("Updates and pushes carry the beginning of it"), this.noticeText, () =>
        this.save("kinds", {}, { notices: { includeText: !this.noticeText } }),
      )}
      ${this.renderProblem("kinds")} ${this.renderList(msg("To customers"), customerMails())}
      ${this.renderList(msg("To staff"), staffMails())}
    </section>`;
  }

  private renderToggle(words: string, isOn: boolean, change: () => unknown): TemplateResult {
    return html`<label class="toggle"
      ><input class="switch" type="checkbox" role="switch" .checked=${live(isOn)} @change=${change} />${words}</label
    >`;
  }

  private renderList(heading: string, mails: Partial<Record<SwitchableMail, string>>): TemplateResult {
    const { enabled = true, off = [] } = this.email;
    const kinds = Object.entries(mails) as [SwitchableMail, string][];
    return html`<h3 class="meta">${heading}</h3>
      <ul class="card" aria-label=${heading}>
        ${kinds.map(
          ([kind, words]) =>
            html`<li class="row-line">
              <label class="toggle grow"
                ><span
                  ><input
                    class="switch"
                    type="checkbox"
                    role="switch"
                    .checked=${live(!off.includes(kind))}
                    ?disabled=${!enabled}
                    @change=${() => this.handleKind(kind)}
                  />
                  ${words}</span
                ></label
              ><button
                class="button button-s"
                type="button"
                aria-label="${msg("Preview")}: ${words}"
                @click=${() => this.handlePreview(kind)}
              >
                ${msg("Preview")}
              </button>
            </li>`,
        )}
      </ul>`;
  }

  private renderResult({ ok, detail }: ChannelTest): TemplateResult {
    return html`<p class="result" data-tone=${ok ? "success" : "error"}>
      ${icon(ok ? circleCheckIcon : circleAlertIcon)}<span dir="auto">${detail}</span>
    </p>`;
  }

  private async save(place: string, email: EmailSettings, more: SettingsPatch["channels"] = {}): Promise<void> {
    await this.try(
      place,
      async () => {
        const { client, slug } = this.session;
        this.take((await client.sites.updateSettings(slug!, { channels: { email, ...more } })).channels);
      },
      msg("Saved."),
    );
    this.requestUpdate(); // a switch that was refused goes back to what is kept
  }

  private readonly handleSender = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const given = (name: string) => textOf(event.target, name).trim() || null;
    const [fromName, fromAddress, replyTo, logoUrl] = ["fromName", "fromAddress", "replyTo", "logoUrl"].map(given);
    await this.save("sender", {
      fromName: fromName ?? null,
      fromAddress: fromAddress ?? null,
      replyTo: replyTo ?? null,
      logoUrl: logoUrl ?? null,
    });
  };

  private handleKind(kind: SwitchableMail): Promise<void> {
    const { off = [] } = this.email;
    return this.save("kinds", { off: off.includes(kind) ? off.filter((one) => one !== kind) : [...off, kind] });
  }

  private handlePreview(kind: SwitchableMail): void {
    const { client, slug } = this.session;
    this.preview.show(() => client.mails.sample(slug!, kind));
  }

  private readonly handleTest = async (): Promise<void> => {
    this.tested = null;
    await this.try("test", async () => (this.tested = await this.session.client.mails.test(this.session.slug!)));
  };
}
customElements.define("desk-setup-mail", MailSection);
