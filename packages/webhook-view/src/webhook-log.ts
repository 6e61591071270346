import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import type { WebhooksApi } from "@sidedesk/client";
import type { DeliveryState, Webhook, WebhookDelivery } from "@sidedesk/contract";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { RovingList, SlowController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { dueTime, exactTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon, historyIcon, rotateCwIcon } from "@sidedesk/ui/icons";
import { emptyArt, problemLine, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { table } from "@sidedesk/ui/table.styles";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { answerLine, attemptView } from "./delivery-parts.ts";
import { LogPages } from "./log-pages.ts";
import { answerWord, logTime, stateWord, tookWords, tryWords } from "./said.ts";
import { webhookLogStyles } from "./webhook-log.styles.ts";

/**
 * @summary What was sent to an endpoint: every delivery with its attempts, narrowed by state, each to be sent again.
 * @event sidedesk-webhook-ask-replay - "Replay since" was pressed.
 * @event sidedesk-webhook-sent - A delivery was sent again.
 */
export class WebhookLog extends BaseElement {
  static override styles = [base, buttons, choosing, facts, surfaces, table, webhookLogStyles];

  @property({ attribute: false }) api!: WebhooksApi;
  @property({ attribute: false }) hook!: Webhook;
  @property({ attribute: false }) locale = "en";
  @property({ attribute: false }) say: (error: unknown) => string = String;

  /** The delivery that lies open, and which of its attempts is on show. */
  @state() private opened = "";
  @state() private attemptAt: number | null = null;
  @state() private resending = "";
  @state() private problem = "";
  @state() private told = "";
  #log = new LogPages(this, () => ({ api: this.api, id: this.hook.id }));
  #slow = new SlowController(this, () => this.#log.status === "loading");

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    new RovingList(this, ".row-open");
  }

  /** Asks for what is new, without touching what is on show. */
  refresh(): Promise<void> {
    return this.#log.refresh();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("hook");
    if (!changed.has("hook") || before?.id === this.hook.id) return;
    this.opened = this.problem = this.told = "";
    void this.#log.load("");
  }

  override render() {
    return html`<section class="card" aria-labelledby="title">
      <header class="head">
        <h3 id="title">${msg("Deliveries")}</h3>
        <div class="tools">
          ${this.#renderFilter()}
          <button
            class="button button-s"
            type="button"
            ?disabled=${this.hook.state !== "active"}
            @click=${() => this.dispatchEvent(new Event("sidedesk-webhook-ask-replay"))}
          >
            ${icon(historyIcon)}${msg("Replay since")}
          </button>
        </div>
      </header>
      ${this.problem ? html`<div class="pad">${problemLine("resend-problem", this.problem)}</div>` : nothing}
      <span class="sr" role="status">${this.told}</span>
      ${this.#renderBody()}
    </section>`;
  }

  #renderFilter(): TemplateResult {
    const choice = (key: DeliveryState | "", label: string) =>
      html`<button
        type="button"
        aria-pressed=${this.#log.state === key ? "true" : "false"}
        @click=${() => this.#handleFilter(key)}
      >
        ${label}
      </button>`;
    return html`<div class="segmented segmented-s" role="group" aria-label=${msg("Show")}>
      ${choice("", msg("All"))}${choice("failed", stateWord("failed"))}${choice("pending", stateWord("pending"))}${
        this.hook.heldCount || this.#log.state === "held" ? choice("held", stateWord("held")) : nothing
      }${choice("succeeded", stateWord("succeeded"))}
    </div>`;
  }

  #renderBody(): TemplateResult | typeof nothing {
    const log = this.#log;
    if (log.status === "failed")
      return html`<div class="empty" role="alert">
        ${emptyArt("broken")}
        <h3>${msg("We could not load the log")}</h3>
        <p>${msg("Nothing is lost.")} ${this.say(log.error)}</p>
        <button class="button" type="button" @click=${() => log.load()}>
          ${icon(rotateCwIcon)}${msg("Try again")}
        </button>
      </div>`;
    if (log.status === "loading") return this.#slow.slow ? skeletonRows(msg("Loading the log")) : nothing;
    if (!log.rows.length) return this.#renderEmpty();
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${msg("Delivery table")}>
        <table class="table log">
          <thead>
            <tr>
              <th scope="col" class="time">${msg("Time")}</th>
              <th scope="col">${msg("Event")}</th>
              <th scope="col" class="answer">${msg("Response")}</th>
              <th scope="col" class="end mid took">${msg("Took")}</th>
              <th scope="col" class="end mid try">${msg("Try")}</th>
              <th scope="col" class="wide again"><span class="sr">${msg("Send again")}</span></th>
            </tr>
          </thead>
          <tbody>
            ${log.rows.map((row) => this.#renderRow(row))}
          </tbody>
        </table>
      </div>
      ${log.error ? html`<div class="pad">${problemLine("more-problem", this.say(log.error))}</div>` : nothing}
      ${
        log.hasMore
          ? html`<div class="more">
              <button
                class="button button-quiet"
                type="button"
                ?disabled=${log.isFetchingMore}
                @click=${() => log.more()}
              >
                ${msg("Show older")}
              </button>
            </div>`
          : nothing
      }`;
  }

  #renderEmpty(): TemplateResult {
    if (this.#log.state)
      return html`<div class="empty">
        ${emptyArt()}
        <h3>${msg("Nothing like that in the log")}</h3>
        <button class="button" type="button" @click=${() => this.#handleFilter("")}>${msg("Show all")}</button>
      </div>`;
    return html`<div class="empty">
      ${emptyArt()}
      <h3>${msg("Nothing sent yet")}</h3>
      <p>${msg("The next event, or a test, shows up here with what we sent and what came back.")}</p>
    </div>`;
  }

  #renderRow(row: WebhookDelivery): TemplateResult {
    const isOpen = this.opened === row.id;
    const last = row.attempts.at(-1);
    const at = last?.at ?? row.createdAt;
    return html`<tr class=${isOpen ? "open" : ""}>
        <td>
          <button
            class="row-open"
            type="button"
            data-key=${row.id}
            aria-expanded=${isOpen ? "true" : "false"}
            title=${exactTime(at, this.locale)}
            @click=${() => this.#handleOpen(row)}
          >
            ${icon(chevronDownIcon)}${logTime(at, this.locale)}
          </button>
        </td>
        <td class="mono truncate" title=${row.eventType}>${row.eventType}</td>
        <td>${answerLine(row)}</td>
        <td class="end num mid">${last ? tookWords(last.latencyMs, this.locale) : nothing}</td>
        <td class="end num mid">${tryWords(row, this.hook, this.locale)}</td>
        <td class="wide">${this.#renderAgain(row, true)}</td>
      </tr>
      ${
        isOpen
          ? html`<tr class="attempt">
              <td colspan="6">${this.#renderOpen(row)}</td>
            </tr>`
          : nothing
      }`;
  }

  #renderAgain(row: WebhookDelivery, isSmall: boolean): TemplateResult {
    const isOff = this.hook.state !== "active" || this.resending === row.id;
    const run = () => void this.#resend(row);
    return isSmall
      ? html`<button
          class="icon-button icon-button-s"
          type="button"
          aria-label="${msg("Send again")}, ${row.eventType}, ${logTime(row.createdAt, this.locale)}"
          ?disabled=${isOff}
          @click=${run}
        >
          ${this.resending === row.id ? html`<span class="spin"></span>` : icon(rotateCwIcon)}
        </button>`
      : html`<button class="button button-s narrow" type="button" ?disabled=${isOff} @click=${run}>
          ${icon(rotateCwIcon)}${msg("Send again")}
        </button>`;
  }

  #renderOpen(row: WebhookDelivery): TemplateResult {
    const at = Math.min(this.attemptAt ?? row.attempts.length - 1, row.attempts.length - 1);
    const shown = row.attempts[at];
    const next = row.nextAttemptAt && row.attempts.length ? dueTime(row.nextAttemptAt, this.locale) : "";
    const isLeft = row.state === "held" || row.state === "failed";
    return html`<div class="detail">
      <p class="meta line">
        ${next ? html`<span>${msg(str`Next try ${next}.`)}</span>` : nothing}
        <span>${msg("Same id on every try:")} <bdi class="mono">${row.eventId}</bdi></span>
      </p>
      ${isLeft && row.error ? html`<p class="meta" dir="auto">${row.error}</p>` : nothing}
      ${
        row.attempts.length > 1
          ? html`<div class="segmented segmented-s tries" role="group" aria-label=${msg("Tries")}>
              ${row.attempts.map(
                (one, index) =>
                  html`<button
                    type="button"
                    aria-pressed=${index === at ? "true" : "false"}
                    @click=${() => (this.attemptAt = index)}
                  >
                    ${msg(str`Try ${index + 1}`)} · ${answerWord(one)}
                  </button>`,
              )}
            </div>`
          : nothing
      }
      ${shown ? attemptView(shown, this.locale) : html`<p class="meta">${msg("It was not sent yet.")}</p>`}
      ${this.#renderAgain(row, false)}
    </div>`;
  }

  #handleFilter(key: DeliveryState | ""): void {
    this.opened = "";
    void this.#log.load(key);
  }

  #handleOpen(row: WebhookDelivery): void {
    this.opened = this.opened === row.id ? "" : row.id;
    this.attemptAt = null;
  }

  async #resend(row: WebhookDelivery): Promise<void> {
    this.resending = row.id;
    this.problem = "";
    try {
      this.#log.put(await this.api.retry(row.id));
      this.told = msg("It is sent again.");
      this.attemptAt = null;
      this.dispatchEvent(new Event("sidedesk-webhook-sent"));
    } catch (error) {
      this.problem = this.say(error);
    } finally {
      this.resending = "";
    }
  }
}
