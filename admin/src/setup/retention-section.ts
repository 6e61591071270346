import { msg, str } from "@lit/localize";
import type { Retention } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { timeNow } from "@sidedesk/ui/clock";
import { comma, exactTime, figure, timeAgo } from "@sidedesk/ui/format";
import { locale } from "../shell/localization.ts";
import { textOf } from "../shell/forms.ts";
import { SetupSection } from "./section.ts";

const lookEveryMs = 1500;
const mostCounted = 10_000;

/**
 * @summary How long closed tickets are kept, how the daily removal stands, and the way to run it now.
 */
export class RetentionSection extends SetupSection {
  @state() private retention!: Retention;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected async fetch(): Promise<void> {
    this.show((await this.session.client.privacy.operations()).retention);
  }

  /** While it runs, how far it is is asked for again and again. */
  private show(retention: Retention): void {
    this.retention = retention;
    clearTimeout(this.#timer);
    if (retention.state === "running" && this.isConnected)
      this.#timer = setTimeout(() => void this.fetch().catch(() => this.show(retention)), lookEveryMs);
  }

  protected renderLoaded() {
    const { retentionDays, state } = this.retention;
    return html`<form @submit=${this.handleDays}>
        <h2>${msg("Retention")}</h2>
        <p class="meta">
          ${msg("Closed tickets are removed when this time has passed since they were closed, with their comments, notes and files. What was merged into a ticket goes with it. This cannot be undone.")}
        </p>
        <div class="pair">
          <div class="field">
            <label for="days">${msg("Days closed tickets are kept")}</label
            ><input
              class="input"
              id="days"
              name="days"
              type="number"
              inputmode="numeric"
              min="1"
              max="3650"
              required
              .value=${String(retentionDays)}
            />
          </div>
        </div>
        ${this.renderProblem("days")}
        <div><button class="button button-primary" type="submit">${msg("Save")}</button></div>
      </form>
      <section aria-labelledby="state">
        <h2 id="state">${msg("How it stands")}</h2>
        <div class="card">
          ${this.renderLine(msg("Over now"), this.dueWords())} ${this.renderLine(msg("Last run"), this.lastWords())}
          ${this.renderLine(msg("Next run"), this.nextWords())}
        </div>
        <div>
          <button
            class="button"
            type="button"
            aria-disabled=${state === "running" ? "true" : nothing}
            @click=${this.handleRun}
          >
            ${state === "running" ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${msg("Run now")}
          </button>
        </div>
        ${this.renderProblem("run")}
      </section>`;
  }

  private renderLine(label: string, words: string | TemplateResult): TemplateResult {
    return html`<div class="row-line"><span class="grow">${label}</span><span role="status">${words}</span></div>`;
  }

  private dueWords(): string {
    const { due } = this.retention;
    if (due === 0) return msg("No tickets");
    if (due === 1) return msg("1 ticket");
    const count = figure(due, locale());
    return due >= mostCounted ? msg(str`${count} tickets or more`) : msg(str`${count} tickets`);
  }

  private lastWords(): string | TemplateResult {
    const { run, state, error } = this.retention;
    if (state === "failed") return msg(str`It failed: ${error ?? ""}`);
    if (!run) return msg("Not yet");
    const tickets = figure(run.removed.tickets, locale());
    const files = figure(run.removed.files, locale());
    const words = msg(str`removed tickets: ${tickets}, files: ${files}`);
    if (!run.endedAt) return msg(str`Running: ${words}`);
    const at = run.endedAt;
    return html`<time datetime=${at} title=${exactTime(at, locale())}>${timeAgo(at, locale())}</time
      >${comma(locale())}${words}`;
  }

  private nextWords(): string {
    const { nextRunAt, state } = this.retention;
    if (state === "running" || !nextRunAt) return msg("Now");
    return Date.parse(nextRunAt) <= timeNow() ? msg("Now") : exactTime(nextRunAt, locale());
  }

  private readonly handleDays = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const retentionDays = Number(textOf(event.target, "days"));
    await this.try(
      "days",
      async () => {
        await this.session.client.sites.updateSettings(this.session.slug!, { retentionDays });
        await this.fetch();
      },
      msg("Saved. It counts from the next run on."),
    );
  };

  private readonly handleRun = async (): Promise<void> => {
    if (this.retention.state === "running") return;
    await this.try("run", async () => {
      const asked = await this.session.client.privacy.runRetention();
      // It may be over before the first look: the run is followed until it says so itself.
      this.show({ ...asked, state: "running" });
    });
  };
}
customElements.define("desk-setup-retention", RetentionSection);
