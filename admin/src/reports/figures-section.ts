import { msg, str } from "@lit/localize";
import type { Overview, ReportDay, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { duration, figure, shortDate } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { downloadIcon } from "@sidedesk/ui/icons";
import { vars } from "@sidedesk/ui/vars";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { LoadedPart } from "../shell/part.ts";
import { priorityWord, statusWord } from "../shell/words.ts";
import type { ChartPoint } from "./line-chart.ts";
import { figuresCsv, lastDays, periodsOf } from "./periods.ts";
import { reportStyles } from "./report.styles.ts";
import { saveFile } from "../shell/save-file.ts";
import "./line-chart.ts";

const spans = [7, 30, 84, 365] as const;
const noon = (date: string): string => `${date}T12:00:00Z`;
const timeUnits = [60, 3600, 86_400];

/**
 * @summary The site's figures over a span: totals, first answer and resolution, what was in time, ratings.
 */
export class FiguresSection extends LoadedPart {
  static override styles = [...LoadedPart.styles, reportStyles];

  @state() private overview!: Overview;
  @state() private days: number | null = 30;
  private custom: { from: string; to: string } | null = null;

  protected async fetch(): Promise<void> {
    const zone = this.overview?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const span = this.custom ?? lastDays(this.days ?? 30, zone);
    // The first answer tells the site's time zone; until then the server chooses the days.
    const isFirst = !this.overview && !this.custom && this.days === 30;
    this.overview = await this.session.client.reports.overview(isFirst ? undefined : span);
  }

  protected renderLoaded() {
    const { overview } = this;
    return html`${this.renderTools()}
      <dl class="figures card" aria-busy=${this.isLoading}>
        ${this.renderFigure(msg("Tickets"), this.number(overview.totals.total), msg(str`${this.number(overview.totals.resolved)} solved`))}
        ${this.renderFigure(msg("First answer, median"), this.time(overview.firstResponse.median), this.nine(overview.firstResponse.p90))}
        ${this.renderFigure(msg("Solved, median"), this.time(overview.resolution.median), this.nine(overview.resolution.p90))}
        ${this.renderFigure(msg("In time"), this.share(overview.slaMetShare), this.late(overview.sla))}
        ${this.renderFigure(msg("Rating"), this.stars(overview.csat.average), overview.csat.count === 1 ? msg("of 5, 1 answer") : msg(str`of 5, ${this.number(overview.csat.count)} answers`))}
      </dl>
      <div class="cols">${this.renderResponse()}${this.renderFlow()}</div>
      <div class="cols">
        ${this.renderCounts(msg("By status"), overview.totals.byStatus, (name) => statusWord(name as TicketStatus))}
        ${this.renderCounts(msg("By priority"), overview.totals.byPriority, (name) => priorityWord(name as TicketPriority))}
      </div>
      ${this.renderCounts(msg("By category"), overview.totals.byCategory, (name) => this.directory.labelOf(name))}
      ${this.renderTable()}`;
  }

  private renderTools(): TemplateResult {
    const { overview } = this;
    const words: Record<(typeof spans)[number], string> = {
      7: msg("7 days"),
      30: msg("30 days"),
      84: msg("12 weeks"),
      365: msg("A year"),
    };
    const from = this.custom?.from ?? overview.perDay[0]?.date ?? "";
    const to = this.custom?.to ?? overview.perDay.at(-1)?.date ?? "";
    return html`<div class="line">
        <div class="segmented" role="group" aria-label=${msg("Span")}>
          ${spans.map(
            (days) =>
              html`<button type="button" aria-pressed=${this.days === days} @click=${() => this.show(days)}>
                ${words[days]}
              </button>`,
          )}
        </div>
        <form class="line dates" @change=${this.handleDates}>
          <label class="meta" for="from">${msg("From")}</label>
          <input class="input" id="from" name="from" type="date" .value=${from} required />
          <label class="meta" for="to">${msg("To")}</label>
          <input class="input" id="to" name="to" type="date" .value=${to} required />
        </form>
        <span class="push line">
          <button class="button" type="button" @click=${this.saveCsv}>
            ${icon(downloadIcon)}${msg("Figures as CSV")}
          </button>
          <button class="button" type="button" @click=${this.saveJson}>
            ${icon(downloadIcon)}${msg("Figures as JSON")}
          </button>
        </span>
      </div>
      <p class="meta">
        ${msg(str`Days in ${overview.timezone}. The figures are of the tickets that came in during the span.`)}
      </p>`;
  }

  private renderFigure(name: string, value: string, more: string): TemplateResult {
    return html`<div class="figure">
      <dt>${name}</dt>
      <dd class="large">${value}</dd>
      <dd>${more}</dd>
    </div>`;
  }

  private renderResponse(): TemplateResult {
    const days = this.overview.perDay;
    const points = days.map((day): ChartPoint => ({
      label: shortDate(noon(day.date), locale()),
      values: [day.firstResponse.median, day.firstResponse.p90],
    }));
    const { median, p90 } = this.overview.firstResponse;
    const finding =
      median === null
        ? msg("First answer by day. Nothing was answered in this span.")
        : msg(str`First answer by day. The median is ${this.time(median)}, nine in ten came within ${this.time(p90)}.`);
    return html`<section class="card" aria-labelledby="answers">
      <header class="card-head">
        <h2 id="answers">${msg("First answer")}</h2>
        <span class="push line"
          ><span class="key"><i></i>${msg("Median")}</span
          ><span class="key"><i class="second"></i>${msg("9 in 10")}</span></span
        >
      </header>
      <div class="plot">
        <desk-line-chart
          .points=${points}
          .names=${[msg("Median"), msg("9 in 10")]}
          .finding=${finding}
          .units=${timeUnits}
          .words=${(value: number) => this.time(value)}
        ></desk-line-chart>
      </div>
    </section>`;
  }

  private renderFlow(): TemplateResult {
    const periods = periodsOf(this.overview.perDay);
    const points = periods.map(({ date, total, resolved }): ChartPoint => ({
      label: shortDate(noon(date), locale()),
      values: [total, resolved],
    }));
    const { total, resolved } = this.overview.totals;
    return html`<section class="card" aria-labelledby="flow">
      <header class="card-head">
        <h2 id="flow">${msg("Asked and solved")}</h2>
        <span class="push line"
          ><span class="key"><i></i>${msg("Asked")}</span
          ><span class="key"><i class="second"></i>${msg("Solved")}</span></span
        >
      </header>
      <div class="plot">
        <desk-line-chart
          .points=${points}
          .names=${[msg("Asked"), msg("Solved")]}
          .finding=${msg(str`Asked and solved over time: ${this.number(total)} asked, ${this.number(resolved)} solved.`)}
          .words=${(value: number) => this.number(value)}
        ></desk-line-chart>
      </div>
    </section>`;
  }

  private renderCounts(
    title: string,
    counts: Record<string, number>,
    wordOf: (name: string) => string,
  ): TemplateResult {
    const all = Math.max(1, this.overview.totals.total);
    return html`<section class="card">
      <header class="card-head"><h2>${title}</h2></header>
      <table class="table" aria-label=${title}>
        <tbody>
          ${Object.entries(counts).map(
            ([name, count]) =>
              html`<tr>
                <th scope="row">${wordOf(name)}</th>
                <td class="end">${this.number(count)}</td>
                <td class="end">
                  <span class="bar-cell"
                    ><span class="meter" aria-hidden="true"
                      ><span ${vars({ "--value": `${(100 * count) / all}%` })}></span></span
                    >${this.share(count / all)}</span
                  >
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private renderTable(): TemplateResult {
    return html`<section class="card">
      <header class="card-head"><h2 id="table">${msg("Day by day")}</h2></header>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="table">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">${msg("Day")}</th>
              <th scope="col" class="end">${msg("Tickets")}</th>
              <th scope="col" class="end">${msg("Solved")}</th>
              <th scope="col" class="end">${msg("First answer, median")}</th>
              <th scope="col" class="end">${msg("9 in 10")}</th>
              <th scope="col" class="end">${msg("In time")}</th>
              <th scope="col" class="end">${msg("Rating")}</th>
            </tr>
          </thead>
          <tbody>
            ${[...this.overview.perDay].reverse().map((day) => this.renderDay(day))}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private renderDay(day: ReportDay): TemplateResult {
    return html`<tr>
      <th scope="row">${shortDate(noon(day.date), locale())}</th>
      <td class="end">${this.number(day.total)}</td>
      <td class="end">${this.number(day.resolved)}</td>
      <td class="end">${this.time(day.firstResponse.median)}</td>
      <td class="end">${this.time(day.firstResponse.p90)}</td>
      <td class="end">${this.share(day.slaMetShare)}</td>
      <td class="end">${this.stars(day.csat.average)}</td>
    </tr>`;
  }

  private number(value: number): string {
    return figure(value, locale());
  }
  private time(seconds: number | null): string {
    return seconds === null ? "–" : seconds === 0 ? this.number(0) : duration(seconds * 1000, locale());
  }
  private nine(seconds: number | null): string {
    return seconds === null ? msg("nothing yet") : msg(str`9 in 10 within ${this.time(seconds)}`);
  }
  /** How many promises were broken, and by how much. */
  private late({ breached, lateBy }: Overview["sla"]): string {
    if (breached === 0) return msg("of all promised first answers");
    const count = this.number(breached);
    return lateBy.median === null
      ? msg(str`${count} late, not answered yet`)
      : msg(str`${count} late, half of them by ${this.time(lateBy.median)} or more`);
  }
  private share(share: number | null): string {
    return share === null
      ? "–"
      : new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 }).format(share);
  }
  private stars(average: number | null): string {
    return average === null ? "–" : new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(average);
  }

  private show(days: number): void {
    this.days = days;
    this.custom = null;
    void this.load();
  }

  private readonly handleDates = (event: Event): void => {
    const form = event.currentTarget as HTMLFormElement;
    if (!form.checkValidity()) return;
    this.days = null;
    this.custom = { from: textOf(form, "from"), to: textOf(form, "to") };
    void this.load();
  };

  private name(ending: string): string {
    const { perDay } = this.overview;
    return `figures-${perDay[0]?.date ?? ""}-${perDay.at(-1)?.date ?? ""}.${ending}`;
  }
  private readonly saveCsv = (): void =>
    saveFile(new Blob([figuresCsv(this.overview)], { type: "text/csv" }), this.name("csv"));
  private readonly saveJson = (): void =>
    saveFile(new Blob([JSON.stringify(this.overview, null, 2)], { type: "application/json" }), this.name("json"));
}
customElements.define("desk-report-figures", FiguresSection);
