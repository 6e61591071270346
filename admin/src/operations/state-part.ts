import { msg, str } from "@lit/localize";
import type { Erasure, Operations } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { duration, exactTime, figure, sizeWords, timeAgo } from "@sidedesk/ui/format";
import { paths } from "../router.ts";
import { locale } from "../shell/localization.ts";
import { LoadedPart } from "../shell/part.ts";
import { statePartStyles } from "./state-part.styles.ts";

const lookEveryMs = 5000;

/**
 * @summary Queues, delivery, connections, storage, versions, retention and erasures, as they are now.
 */
export class StatePart extends LoadedPart {
  static override styles = [...LoadedPart.styles, statePartStyles];

  @state() private now!: Operations;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => document.visibilityState === "visible" && void this.load(), lookEveryMs);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected async fetch(): Promise<void> {
    this.now = await this.session.client.privacy.operations();
  }

  protected renderLoaded(): TemplateResult {
    const { relay, connections, storage, versions } = this.now;
    const count = (value: number) => figure(value, locale());
    return html`<dl class="figures card">
        ${this.renderFigure(msg("Events to deliver"), count(relay.pending), relay.pending === 0 ? msg("Everything is delivered") : msg(str`The oldest waits for ${duration(relay.lagSeconds * 1000, locale())}`))}
        ${this.renderFigure(msg("Live connections"), count(connections), msg("Of the process that answered"))}
        ${this.renderFigure(msg("Database"), sizeWords(storage.databaseBytes, locale()), msg(str`Tickets: ${count(storage.tickets)}, comments: ${count(storage.comments)}, files: ${count(storage.files)}`))}
        ${this.renderFigure(msg("Versions"), `Sidedesk ${versions.sidedesk}`, `Node ${versions.node}, MongoDB ${versions.mongodb}`)}
      </dl>
      ${this.renderProblems()} ${this.renderQueues()} ${this.renderRetention()} ${this.renderErasures()}`;
  }

  private renderFigure(label: string, large: string, small: string): TemplateResult {
    return html`<div class="figure">
      <dt>${label}</dt>
      <dd class="large">${large}</dd>
      <dd>${small}</dd>
    </div>`;
  }

  private renderProblems(): TemplateResult | typeof nothing {
    const { problems } = this.now;
    if (problems.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="problems">
      <header class="card-head"><h2 id="problems">${msg("Needs attention")}</h2></header>
      <ul class="feed">
        ${problems.map(
          ({ name, detail, since }) =>
            html`<li>
              <span class="chip" data-tone="error">${name}</span
              ><span class="what" lang="en" dir="ltr">${detail}</span
              >${since ? html`<time class="meta" datetime=${since} title=${exactTime(since, locale())}>${timeAgo(since, locale())}</time>` : nothing}
            </li>`,
        )}
      </ul>
    </section>`;
  }

  private renderQueues(): TemplateResult {
    const cell = (value: number) => html`<td class="end">${figure(value, locale())}</td>`;
    return html`<section class="card" aria-labelledby="queues">
      <header class="card-head"><h2 id="queues">${msg("Work in the background")}</h2></header>
      <div class="scroll" tabindex="0" role="group" aria-labelledby="queues">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${msg("Work")}</th>
              <th scope="col" class="end">${msg("Due now")}</th>
              <th scope="col" class="end">${msg("Later")}</th>
              <th scope="col" class="end">${msg("Under way")}</th>
            </tr>
          </thead>
          <tbody>
            ${this.now.queues.map(
              ({ name, due, waiting, inflight }) =>
                html`<tr>
                  <td class="mono">${name}</td>
                  ${cell(due)}${cell(waiting)}${cell(inflight)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private renderRetention(): TemplateResult {
    const { retentionDays, due, run, state } = this.now.retention;
    const words =
      state === "running"
        ? msg("Running now")
        : run?.endedAt
          ? msg(
              str`Last run ${timeAgo(run.endedAt, locale())}; tickets removed: ${figure(run.removed.tickets, locale())}`,
            )
          : msg("Has not run yet");
    return html`<section class="card" aria-labelledby="retention">
      <header class="card-head">
        <h2 id="retention">${msg("Retention")}</h2>
        <a class="meta" href=${paths.setup("retention")}>${msg("Change")}</a>
      </header>
      <div class="pad">
        <span
          >${msg(str`Closed tickets are kept for ${figure(retentionDays, locale())} days; ${figure(due, locale())} are over.`)}</span
        >
        <span class="meta" role="status">${state === "failed" ? msg("The last run failed.") : words}</span>
      </div>
    </section>`;
  }

  private renderErasures(): TemplateResult | typeof nothing {
    const { erasures } = this.now;
    if (erasures.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="erasures">
      <header class="card-head"><h2 id="erasures">${msg("Erased customers")}</h2></header>
      <ul class="feed">
        ${erasures.map((one) => this.renderErasure(one))}
      </ul>
    </section>`;
  }

  private renderErasure({ state, removed, askedAt }: Erasure): TemplateResult {
    const counts = msg(
      str`Tickets: ${figure(removed.tickets, locale())}, comments: ${figure(removed.comments, locale())}, files: ${figure(removed.files, locale())}`,
    );
    const chip =
      state === "done"
        ? html`<span class="chip" data-tone="success">${msg("Done")}</span>`
        : state === "failed"
          ? html`<span class="chip" data-tone="error">${msg("Failed")}</span>`
          : html`<span class="chip" data-tone="info">${msg("Under way")}</span>`;
    return html`<li>
      ${chip}<span>${counts}</span
      ><time class="meta" datetime=${askedAt} title=${exactTime(askedAt, locale())}>${timeAgo(askedAt, locale())}</time>
    </li>`;
  }
}
customElements.define("desk-operations-state", StatePart);
