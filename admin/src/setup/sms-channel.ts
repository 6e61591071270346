import { msg, str } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { figure } from "@sidedesk/ui/format";
import { locale } from "../shell/localization.ts";
import { textOf } from "../shell/forms.ts";
import { AlertChannelPart } from "./alert-channel.ts";
import { linesOf } from "./field-words.ts";

type SmsKind = "priority" | "sla";

/**
 * @summary Text messages to whoever is on call, of what is critical and of nothing else.
 */
export class SmsChannelPart extends AlertChannelPart {
  protected get channel() {
    return "sms" as const;
  }
  protected get target(): string {
    const { accountSid, authToken, from, onCall = [] } = this.channels.sms;
    if (!accountSid || !authToken || !from || onCall.length === 0) return "";
    return onCall.length === 1 ? onCall[0]! : msg(str`${figure(onCall.length, locale())} numbers on call`);
  }

  protected renderFields(): TemplateResult {
    const { baseUrl = "", accountSid = "", authToken, from = "", onCall = [], kinds = [] } = this.channels.sms;
    const kept = authToken ? `… ${authToken.last4}` : "";
    return html`<p class="meta">
        ${msg("Of critical tickets only, through Twilio or a service that answers as it does. Each message costs what that service takes for it.")}
      </p>
      <div class="pair">
        ${this.renderInput("accountSid", msg("Account"), accountSid, "AC…", 64)}
        <div class="field">
          <label for="authToken">${kept ? msg("Another token") : msg("Token")}</label
          ><input
            class="input"
            id="authToken"
            name="authToken"
            type="password"
            dir="ltr"
            autocomplete="off"
            maxlength="200"
            data-secret
            placeholder=${kept}
            aria-describedby="kept"
          /><span class="hint" id="kept">${msg("It is kept encrypted and not shown again.")}</span>
        </div>
        ${this.renderInput("from", msg("Sender"), from, "+15005550006", 34)}
        ${this.renderInput("baseUrl", msg("Address of the service"), baseUrl, "https://api.twilio.com", 2048)}
      </div>
      <div class="field">
        <label for="onCall">${msg("Numbers on call, one on each line")}</label
        ><textarea
          class="input"
          id="onCall"
          name="onCall"
          rows="3"
          dir="ltr"
          inputmode="tel"
          placeholder="+4915112345678"
          .value=${onCall.join("\n")}
        ></textarea>
      </div>
      <fieldset>
        <legend>${msg("What it tells of")}</legend>
        ${this.renderTick("kinds", "priority", kinds.includes("priority"), msg("Critical tickets that come in or become so"))}
        ${this.renderTick("kinds", "sla", kinds.includes("sla"), msg("Critical tickets whose answer is due soon or overdue"))}
      </fieldset>`;
  }

  private renderInput(name: string, label: string, value: string, placeholder: string, most: number): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label
      ><input
        class="input"
        id=${name}
        name=${name}
        dir="ltr"
        autocomplete="off"
        spellcheck="false"
        maxlength=${most}
        placeholder=${placeholder}
        .value=${value}
      />
    </div>`;
  }

  protected patchOf(form: HTMLFormElement) {
    const given = (name: string) => {
      const text = textOf(form, name).trim();
      return text ? { [name]: text } : {};
    };
    return {
      sms: {
        enabled: this.isOn(form),
        ...given("accountSid"),
        ...given("authToken"),
        ...given("from"),
        ...given("baseUrl"),
        // As people write numbers: spaces, brackets and hyphens say nothing.
        onCall: linesOf(textOf(form, "onCall")).map((line) => line.replace(/[\s().-]/g, "")),
        kinds: new FormData(form).getAll("kinds") as SmsKind[],
      },
    };
  }
}
customElements.define("desk-sms-channel", SmsChannelPart);
