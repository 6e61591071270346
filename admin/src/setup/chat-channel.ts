import { msg } from "@lit/localize";
import type { AlertKind, ChatChannel, TicketPriority } from "@sidedesk/contract";
import { ticketPriorities } from "@sidedesk/contract/lifecycle";
import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { textOf } from "../shell/forms.ts";
import { priorityWord } from "../shell/words.ts";
import { AlertChannelPart } from "./alert-channel.ts";
import { howTo, kindWord } from "./alert-words.ts";

const kinds: AlertKind[] = ["created", "priority", "status", "sla", "costs", "summary"];

/**
 * @summary Alerts to a room of Discord, Slack or Microsoft Teams.
 */
export class ChatChannelPart extends AlertChannelPart {
  @property({ attribute: false }) kind: ChatChannel = "discord";

  protected get channel(): ChatChannel {
    return this.kind;
  }
  private get chat() {
    return this.channels[this.kind];
  }
  protected get target(): string {
    const { address } = this.chat;
    return address ? `${address.host} … ${address.last4}` : "";
  }

  protected renderFields(): TemplateResult {
    const { kinds: wanted = [], minPriority = "low", includeText = false, summaryAt = "08:00" } = this.chat;
    return html`<div class="field">
        <label for="url">${this.target ? msg("Another webhook address") : msg("Webhook address")}</label
        ><input
          class="input"
          id="url"
          name="url"
          type="url"
          dir="ltr"
          autocomplete="off"
          spellcheck="false"
          maxlength="2048"
          data-secret
          aria-describedby="how"
          placeholder=${this.target || "https://"}
        />
        <span class="hint" id="how">${howTo(this.kind)} ${msg("It is kept encrypted and not shown again.")}</span>
        ${
          this.target
            ? html`<span
                ><button class="button button-quiet button-s" type="button" @click=${this.handleForget}>
                  ${msg("Forget the address")}
                </button></span
              >`
            : nothing
        }
      </div>
      <fieldset>
        <legend>${msg("What it tells of")}</legend>
        ${kinds.map((kind) => this.renderTick("kinds", kind, wanted.includes(kind), kindWord(kind)))}
      </fieldset>
      <div class="pair">
        <div class="field">
          <label for="least">${msg("From which priority on")}</label>
          <div class="select">
            <select class="input" id="least" name="minPriority">
              ${ticketPriorities.map((one) => html`<option value=${one} ?selected=${one === minPriority}>${priorityWord(one)}</option>`)}</select
            >${icon(chevronDownIcon)}
          </div>
        </div>
        <div class="field">
          <label for="at">${msg("Figures of the day at")}</label
          ><input class="input num" id="at" name="summaryAt" type="time" required .value=${summaryAt} />
          <span class="hint">${msg("By the site's clocks.")}</span>
        </div>
      </div>
      ${this.renderTick("includeText", "on", includeText, msg("Show the first lines of what customers write"))}`;
  }

  protected patchOf(form: HTMLFormElement) {
    const url = textOf(form, "url").trim();
    return {
      [this.kind]: {
        enabled: this.isOn(form),
        kinds: new FormData(form).getAll("kinds") as AlertKind[],
        minPriority: textOf(form, "minPriority") as TicketPriority,
        includeText: textOf(form, "includeText") === "on",
        summaryAt: textOf(form, "summaryAt").slice(0, 5),
        ...(url ? { url } : {}),
      },
    };
  }

  private readonly handleForget = (): Promise<void> => this.save({ [this.kind]: { enabled: false, url: null } });
}
customElements.define("desk-chat-channel", ChatChannelPart);
