import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { ApiError, type WebhooksApi } from "@sidedesk/client";
import type { Webhook } from "@sidedesk/contract";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { OnlineController, RovingList, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { figure } from "@sidedesk/ui/figure";
import { icon } from "@sidedesk/ui/icon";
import { plusIcon, rotateCwIcon } from "@sidedesk/ui/icons";
import { banner, emptyArt, problemLine, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { endpointCard, type EndpointActs } from "./endpoint-card.ts";
import { healthLine, healthOf, type WebhookScope } from "./health.ts";
import { heldQuestion, removeQuestion, rotateQuestion } from "./questions.ts";
import { shortUrl } from "./said.ts";
import type { Question, WebhookAsk } from "./webhook-ask.ts";
import { WebhookBook } from "./webhook-book.ts";
import type { WebhookForm, WebhookSavedEvent } from "./webhook-form.ts";
import type { WebhookLog } from "./webhook-log.ts";
import type { WebhookReplay, WebhookReplayEvent } from "./webhook-replay.ts";
import type { WebhookSecret } from "./webhook-secret.ts";
import { disclosure } from "./webhook-dialog.styles.ts";
import { webhookViewStyles } from "./webhook-view.styles.ts";

export type { WebhookScope } from "./health.ts";

/**
 * @summary Endpoints that are told of events: what they do, what was sent, and everything one may do about them. The host
 * says whose they are, how to reach the desk, and in which words things go wrong.
 * @csspart hook - One endpoint of the list.
 */
export class WebhookView extends BaseElement {
  static override styles = [base, buttons, facts, surfaces, disclosure, webhookViewStyles];

  @property({ attribute: false }) api!: WebhooksApi;
  @property({ attribute: false }) scope: WebhookScope = "customer";
  /** How many there may be. */
  @property({ attribute: false }) most = 5;
  /** The language for dates and figures. */
  @property({ attribute: false }) locale = "en";
  /** What went wrong, in the words of the host. */
  @property({ attribute: false }) say: (error: unknown) => string = String;
  /** The page around it has a heading already. */
  @property({ type: Boolean }) headless = false;

  @state() private busy = "";
  @state() private problem = "";
  @state() private told = "";
  @query("sidedesk-webhook-form") private form!: WebhookForm;
  @query("sidedesk-webhook-ask") private ask!: WebhookAsk;
  @query("sidedesk-webhook-secret") private secret!: WebhookSecret;
  @query("sidedesk-webhook-replay") private replay!: WebhookReplay;
  @query("sidedesk-webhook-log") private log!: WebhookLog | null;
  #book = new WebhookBook(
    this,
    () => this.api,
    () => void this.log?.refresh(),
  );
  #slow = new SlowController(this, () => !this.#book.hooks && !this.#book.error);

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    new TickController(this);
    new OnlineController(this);
    new RovingList(this, ".hook");
  }

  /** Asks for everything again. */
  async refresh(): Promise<void> {
    await this.#book.load();
    await this.log?.refresh();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("api")) void this.#book.load();
  }

  override render() {
    const { say, locale, api } = this;
    return html`<div class="frame">
        ${this.#renderHead()}
        ${navigator.onLine ? nothing : banner("warning", msg("You are offline. This is what we last knew."))}
        ${this.#renderBody()}
      </div>
      <sidedesk-webhook-form
        .api=${api}
        .scope=${this.scope}
        .locale=${locale}
        .say=${say}
        @sidedesk-webhook-saved=${this.#handleSaved}
      ></sidedesk-webhook-form>
      <sidedesk-webhook-ask .locale=${locale} .say=${say}></sidedesk-webhook-ask>
      <sidedesk-webhook-secret .locale=${locale} .say=${say}></sidedesk-webhook-secret>
      <sidedesk-webhook-replay
        .api=${api}
        .locale=${locale}
        .say=${say}
        @sidedesk-webhook-replay=${this.#handleReplay}
      ></sidedesk-webhook-replay>`;
  }

  #renderHead(): TemplateResult {
    const count = this.#book.hooks?.length ?? 0;
    const isFull = count >= this.most;
    const about =
      this.scope === "customer"
        ? msg("We call these addresses when something happens to you.")
        : msg("We call these addresses when something happens on this site.");
    return html`<div class="page-head">
      <div>
        ${this.headless ? nothing : html`<h1 tabindex="-1">${msg("Webhooks")}</h1>`}
        <p>${about}</p>
        ${isFull ? html`<p class="meta">${msg(str`${figure(count, this.locale)} of ${figure(this.most, this.locale)} in use. Delete one to add another.`)}</p>` : nothing}
      </div>
      <button
        class="button button-primary"
        type="button"
        id="new"
        ?disabled=${isFull || !this.#book.hooks}
        @click=${() => this.form.show()}
      >
        ${icon(plusIcon)}${msg("New webhook")}
      </button>
    </div>`;
  }

  #renderBody(): TemplateResult | typeof nothing {
    const { hooks, error, selected } = this.#book;
    if (error) return this.#renderFailed(error);
    if (!hooks)
      return this.#slow.slow ? html`<div class="card">${skeletonRows(msg("Loading webhooks"))}</div>` : nothing;
    if (!selected) {
      return html`<div class="card empty">
        ${emptyArt()}
        <h2>${msg("No webhooks yet")}</h2>
        <p>${msg("Add an address of yours, and your systems know at once when something happens.")}</p>
      </div>`;
    }
    return html`<div class="hooks">
      <ul class="card" aria-label=${msg("Webhooks")}>
        ${hooks.map((hook) => this.#renderHook(hook, hook === selected))}
      </ul>
      <div class="main">
        <section class="card top" aria-labelledby="name">
          ${endpointCard(selected, this.#book.figures, { locale: this.locale, busy: this.busy, act: this.#actsOn(selected) })}
          ${this.problem ? problemLine("problem", this.problem) : nothing}
          <p class="meta told" role="status">${this.told}</p>
        </section>
        <sidedesk-webhook-log
          .api=${this.api}
          .hook=${selected}
          .locale=${this.locale}
          .say=${this.say}
          @sidedesk-webhook-ask-replay=${() => this.replay.show(selected)}
        ></sidedesk-webhook-log>
      </div>
    </div>`;
  }

  #renderFailed(error: unknown): TemplateResult {
    if (error instanceof ApiError && error.status === 403) {
      return html`<div class="card empty">
        ${emptyArt("locked")}
        <h2>${msg("Webhooks are for owners and admins")}</h2>
        <p>${msg("Ask one of them if something should change.")}</p>
      </div>`;
    }
    return html`<div class="card empty" role="alert">
      ${emptyArt("broken")}
      <h2>${msg("We could not load the webhooks")}</h2>
      <p>${msg("Nothing is lost.")} ${this.say(error)}</p>
      <button class="button" type="button" @click=${() => this.#book.load()}>
        ${icon(rotateCwIcon)}${msg("Try again")}
      </button>
    </div>`;
  }

  #renderHook(hook: Webhook, isHere: boolean): TemplateResult {
    const health = healthOf(hook, this.scope, this.locale);
    return html`<li>
      <button
        part="hook"
        class="hook"
        type="button"
        data-key=${hook.id}
        aria-current=${isHere ? "true" : nothing}
        @click=${() => this.#handleSelect(hook)}
      >
        ${healthLine(health)}<b><bdi>${shortUrl(hook.url)}</bdi></b
        ><span class="meta">${health.more}</span>
      </button>
    </li>`;
  }

  #actsOn(hook: Webhook): EndpointActs {
    const ask = (question: Question) => void this.ask.show(question);
    const resume = (held?: "deliver" | "skip") => () => this.#resume(hook, held);
    return {
      test: () => void this.#do("test", () => this.#test(hook)),
      pause: () => void this.#do("state", () => this.#setActive(hook, { active: false }, msg("Paused."))),
      resume: () =>
        hook.heldCount
          ? ask(heldQuestion(hook, this.locale, resume("deliver"), resume("skip")))
          : void this.#do("state", resume()),
      rotate: () => ask(rotateQuestion(hook, () => this.#rotate(hook))),
      edit: () => void this.form.show(hook),
      remove: () => ask(removeQuestion(hook, () => this.#remove(hook))),
    };
  }

  async #test(hook: Webhook): Promise<void> {
    await this.api.test(hook.id);
    this.told = msg("A test is on its way.");
    await this.log?.refresh();
  }

  async #rotate(hook: Webhook): Promise<void> {
    const { secret } = await this.api.rotateSecret(hook.id);
    void this.#book.load();
    void this.secret.show(secret, true);
  }

  async #remove(hook: Webhook): Promise<void> {
    await this.api.remove(hook.id);
    this.#book.drop(hook.id);
    this.told = msg("Webhook deleted.");
    void this.focusOn("#new");
  }

  #resume(hook: Webhook, held?: "deliver" | "skip"): Promise<void> {
    return this.#setActive(hook, held ? { active: true, held } : { active: true }, msg("It is called again."));
  }

  async #setActive(hook: Webhook, patch: { active: boolean; held?: "deliver" | "skip" }, done: string): Promise<void> {
    this.#book.put(await this.api.update(hook.id, patch));
    this.told = done;
    await this.log?.refresh();
  }

  /** One thing at a time; what goes wrong is said in the card. */
  async #do(what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.problem = this.told = "";
    try {
      await work();
    } catch (error) {
      this.problem = this.say(error);
    } finally {
      this.busy = "";
    }
  }

  #handleSelect(hook: Webhook): void {
    this.problem = this.told = "";
    this.#book.select(hook.id);
    void this.#reveal();
  }

  /** Where list and card lie one below the other, the card comes into sight. */
  async #reveal(): Promise<void> {
    await this.updateComplete;
    const [list, main] = [".hooks > ul", ".main"].map((part) => this.renderRoot.querySelector(part));
    if (list && main && main.getBoundingClientRect().top >= list.getBoundingClientRect().bottom)
      main.scrollIntoView({ block: "start" });
  }

  readonly #handleSaved = ({ hook, secret }: WebhookSavedEvent): void => {
    this.#book.put(hook);
    this.#book.select(hook.id);
    this.told = secret ? "" : msg("Saved.");
    if (secret) void this.secret.show(secret, false);
  };

  readonly #handleReplay = ({ count }: WebhookReplayEvent): void => {
    this.told = count ? "" : msg("Nothing happened since.");
    void this.refresh();
  };
}
