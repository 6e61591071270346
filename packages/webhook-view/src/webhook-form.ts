import { msg, str } from "@lit/localize";
import type { WebhooksApi } from "@sidedesk/client";
import type { Webhook, WebhookEventType } from "@sidedesk/contract";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { html, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { listed } from "@sidedesk/ui/listed";
import { eventPattern, eventPicker } from "./event-picker.ts";
import type { WebhookScope } from "./health.ts";
import { waitWords } from "./said.ts";
import { WebhookDialog } from "./webhook-dialog.ts";

/** An endpoint was made or changed. */
export class WebhookSavedEvent extends Event {
  readonly hook: Webhook;
  /** Of a new one. */
  readonly secret: string | undefined;
  constructor(hook: Webhook, secret?: string) {
    super("sidedesk-webhook-saved");
    this.hook = hook;
    this.secret = secret;
  }
}

/**
 * @summary The form of an endpoint: address, events, and what is rarely needed under "More".
 * @event sidedesk-webhook-saved - It was saved; `event.hook` has it, `event.secret` the secret of a new one.
 */
export class WebhookForm extends WebhookDialog {
  @property({ attribute: false }) api!: WebhooksApi;
  @property({ attribute: false }) scope: WebhookScope = "customer";
  @state() private hook: Webhook | null = null;
  @state() private catalogue: WebhookEventType[] | null = null;
  @state() private chosen: Set<string> = new Set();
  @state() private url = "";
  @state() private description = "";
  /** Seconds, as they are typed. Empty for the usual ones. */
  @state() private waits = "";

  /** Opens for a new endpoint, or for one to change. */
  async show(hook: Webhook | null = null): Promise<void> {
    this.hook = hook;
    this.url = hook?.url ?? "";
    this.description = hook?.description ?? "";
    this.waits = hook?.schedule.join(", ") ?? "";
    this.chosen = new Set(hook?.events);
    await this.open();
    const details = this.renderRoot.querySelector("details");
    if (details) details.open = false;
    await this.focusOn("#url");
    if (!this.catalogue) await this.attempt(async () => (this.catalogue = (await this.api.eventTypes()).data));
  }

  override render() {
    return this.renderFrame(
      this.hook ? msg("Change webhook") : msg("New webhook"),
      html`<form id="form" class="body-form" novalidate @submit=${this.handleSave}>
        ${this.renderUrl()}
        <fieldset aria-describedby="events-problem">
          <legend>${msg("Which events?")}</legend>
          ${eventPicker(this.catalogue, this.chosen, {
            other: this.scope === "site" ? msg("An event of your own") : msg("Another event, by its name"),
            change: (chosen) => (this.chosen = chosen),
            add: this.handleAdd,
          })}
          ${this.renderProblem("own")}${this.renderProblem("events")}
        </fieldset>
        ${this.renderMore()}
      </form>`,
      html`<button class="button" type="button" @click=${this.close}>${msg("Cancel")}</button
        ><button class="button button-primary" type="submit" form="form" ?disabled=${this.isBusy}>
          ${this.renderSpin()}${this.hook ? msg("Save") : msg("Create webhook")}
        </button>`,
    );
  }

  private renderUrl(): TemplateResult {
    return html`<div class="field">
      <label for="url">${msg("Address to call")}</label>
      <input
        class="input ltr"
        id="url"
        type="url"
        inputmode="url"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        placeholder="https://"
        .value=${this.url}
        aria-describedby="url-hint url-problem"
        aria-invalid=${this.problems["url"] ? "true" : "false"}
        @input=${(event: Event) => (this.url = (event.target as HTMLInputElement).value)}
      />
      <span class="hint" id="url-hint">${msg("It begins with https:// and can be reached from the internet.")}</span>
      ${this.renderProblem("url")}
    </div>`;
  }

  private renderMore(): TemplateResult {
    const [first, last] = [waitWords(5, this.locale), waitWords(86_400, this.locale)];
    const read = this.waits
      ? listed(
          this.seconds()
            .filter((wait) => wait > 0)
            .map((wait) => waitWords(wait, this.locale)),
          this.locale,
        )
      : msg(str`The usual: ${first} after the first failure, then longer and longer, up to ${last}.`);
    return html`<details ?open=${Boolean(this.problems["schedule"])}>
      <summary>${icon(chevronDownIcon)}${msg("More: description, waits between tries")}</summary>
      <div class="body">
        <div class="field">
          <label for="description">${msg("Description")} <span class="optional">${msg("optional")}</span></label>
          <input
            class="input"
            id="description"
            maxlength="200"
            dir="auto"
            .value=${this.description}
            @input=${(event: Event) => (this.description = (event.target as HTMLInputElement).value)}
          />${this.renderProblem("description")}
        </div>
        <div class="field">
          <label for="waits"
            >${msg("Seconds to wait after each failure")} <span class="optional">${msg("optional")}</span></label
          >
          <input
            class="input ltr"
            id="waits"
            inputmode="numeric"
            autocomplete="off"
            placeholder="5, 30, 120, 600, 1800"
            .value=${this.waits}
            aria-describedby="waits-hint schedule-problem"
            aria-invalid=${this.problems["schedule"] ? "true" : "false"}
            @input=${(event: Event) => (this.waits = (event.target as HTMLInputElement).value)}
          />
          <span class="hint" id="waits-hint">${read}</span>${this.renderProblem("schedule")}
        </div>
      </div>
    </details>`;
  }

  private seconds(): number[] {
    return this.waits
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(Number);
  }

  private readonly handleAdd = (name: string): void => {
    if (!eventPattern.test(name)) {
      this.problems = { own: msg("Lower-case words, joined by dots: order.shipped") };
      return;
    }
    this.problems = {};
    this.chosen = new Set([...this.chosen, name]);
  };

  /** What can be said before the desk is asked. Where an address leads is for the desk to judge. */
  private lacking(): Record<string, string> {
    const seconds = this.seconds();
    return {
      ...(this.url.trim() ? {} : { url: msg("Where shall we call?") }),
      ...(this.chosen.size ? {} : { events: msg("Choose at least one event.") }),
      ...(seconds.some(Number.isNaN) ? { schedule: msg("Only numbers, with commas between them.") } : {}),
    };
  }

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const lacking = this.lacking();
    if (Object.keys(lacking).length) {
      this.problems = lacking;
      return this.focusOn('[aria-invalid="true"], fieldset .check');
    }
    const [seconds, { hook }] = [this.seconds(), this];
    const isSame = hook?.schedule.join() === seconds.join();
    const input = { url: this.url.trim(), events: [...this.chosen], description: this.description };
    const isDone = await this.attempt(async () => {
      if (hook) {
        const schedule = isSame ? {} : { schedule: seconds.length ? seconds : null };
        this.dispatchEvent(new WebhookSavedEvent(await this.api.update(hook.id, { ...input, ...schedule })));
      } else {
        const made = await this.api.create({ ...input, ...(seconds.length ? { schedule: seconds } : {}) });
        const { secret, ...rest } = made;
        this.dispatchEvent(new WebhookSavedEvent(rest, secret));
      }
      this.close();
    });
    if (!isDone) await this.focusOn('[aria-invalid="true"]');
  };
}
