import { msg } from "@lit/localize";
import type { Settings, Team, TicketPriority } from "@sidedesk/contract";
import { ticketPriorities } from "@sidedesk/contract/lifecycle";
import { css, html, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { textOf } from "../shell/forms.ts";
import { priorityMark, priorityWord } from "../shell/words.ts";
import { unitOf, type BusinessHours } from "./hours.ts";
import type { HoursSaveEvent } from "./hours-editor.ts";
import "./hours-editor.ts";
import { SetupSection } from "./section.ts";

type Sla = Settings["sla"];

/**
 * @summary By when tickets are answered first: times by priority, business hours, and what happens when it is late.
 */
export class DeadlinesSection extends SetupSection {
  static override styles = [
    ...SetupSection.styles,
    css`
      .targets {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr));
        gap: var(--sd-3) var(--sd-5);
      }
      .target {
        display: grid;
        grid-template-columns: minmax(88px, 1fr) minmax(104px, 1fr);
        gap: var(--sd-2);
      }
      .label {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      .share {
        max-inline-size: 120px;
      }
    `,
  ];

  @state() private sla!: Sla;
  @state() private teams: Team[] = [];
  private zone = "UTC";

  protected async fetch(): Promise<void> {
    const { client, slug } = this.session;
    const [settings, site, teams] = await Promise.all([
      client.sites.settings(slug!),
      client.sites.get(slug!),
      client.teams.list({ limit: 100 }),
    ]);
    this.sla = settings.sla;
    this.zone = site.timezone;
    this.teams = teams.data;
  }

  protected renderLoaded() {
    return html`<form @submit=${this.handleTargets}>
        <h2>${msg("First answer")}</h2>
        <p class="meta">${msg("Tickets that wait already get the new times, too.")}</p>
        <div class="targets">${[...ticketPriorities].reverse().map((one) => this.renderTarget(one))}</div>
        <div class="field share">
          <label for="warnAt">${msg("Warn at, in %")}</label
          ><input
            class="input num"
            id="warnAt"
            name="warnAt"
            type="number"
            inputmode="numeric"
            required
            min="1"
            max="99"
            .value=${String(this.sla.warnAt)}
          />
        </div>
        ${this.renderProblem("targets")}
        <div><button class="button button-primary" type="submit">${msg("Save times")}</button></div>
      </form>
      <section>
        <desk-hours
          .hours=${this.sla.businessHours}
          .zone=${this.zone}
          @desk-hours-save=${(event: HoursSaveEvent) => this.save("hours", { businessHours: event.hours })}
        ></desk-hours>
        ${this.renderProblem("hours")}
      </section>
      ${this.renderEscalation()}`;
  }

  private renderTarget(priority: TicketPriority): TemplateResult {
    const { count, unit } = unitOf(this.sla[priority]);
    const word = priorityWord(priority);
    return html`<div class="field" role="group" aria-labelledby="t-${priority}">
      <span class="label" id="t-${priority}">${priorityMark(priority)}${word}</span>
      <span class="target"
        ><input
          class="input num"
          name=${priority}
          type="number"
          inputmode="numeric"
          required
          min="1"
          aria-label="${word}, ${msg("how long")}"
          .value=${String(count)}
        /><span class="select"
          ><select class="input" name="${priority}-unit" aria-label="${word}, ${msg("unit")}">
            <option value="1" ?selected=${unit === 1}>${msg("minutes")}</option>
            <option value="60" ?selected=${unit === 60}>${msg("hours")}</option>
            <option value="1440" ?selected=${unit === 1440}>${msg("days (24 h)")}</option></select
          >${icon(chevronDownIcon)}</span
        ></span
      >
    </div>`;
  }

  private renderEscalation(): TemplateResult {
    const rule = this.sla.escalation ?? {};
    const toggle = (name: string, isOn: boolean, words: string) =>
      html`<label class="toggle"
        ><input class="switch" type="checkbox" role="switch" name=${name} .checked=${isOn} />${words}</label
      >`;
    return html`<form @submit=${this.handleEscalation}>
      <h2>${msg("When an answer is late")}</h2>
      <p class="meta">${msg("Whoever a ticket waits for is always told. This happens once for a ticket.")}</p>
      ${toggle("raisePriority", rule.raisePriority ?? false, msg("Raise its priority by one"))}
      ${toggle("notify", rule.notify ?? false, msg("Tell owners and admins"))}
      <div class="field">
        <label for="teamId">${msg("Hand it to a team")}</label>
        <div class="select">
          <select class="input" id="teamId" name="teamId">
            <option value="">${msg("Leave it where it is")}</option>
            ${this.teams.map((team) => html`<option value=${team.id} ?selected=${team.id === rule.teamId}>${team.name}</option>`)}</select
          >${icon(chevronDownIcon)}
        </div>
      </div>
      ${this.renderProblem("escalation")}
      <div><button class="button button-primary" type="submit">${msg("Save rule")}</button></div>
    </form>`;
  }

  private save(place: string, sla: Partial<Omit<Sla, "businessHours">> & { businessHours?: BusinessHours | null }) {
    return this.try(
      place,
      async () => {
        this.sla = (await this.session.client.sites.updateSettings(this.session.slug!, { sla })).sla;
      },
      msg("Saved."),
    );
  }

  private readonly handleTargets = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const number = (name: string) => Number(textOf(event.target, name));
    const targets = Object.fromEntries(
      ticketPriorities.map((one) => [one, number(one) * number(`${one}-unit`)]),
    ) as Record<TicketPriority, number>;
    await this.save("targets", { ...targets, warnAt: number("warnAt") });
  };

  private readonly handleEscalation = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const isOn = (name: string) => textOf(event.target, name) === "on";
    const teamId = textOf(event.target, "teamId") || null;
    const escalation = { raisePriority: isOn("raisePriority"), notify: isOn("notify"), teamId };
    await this.save("escalation", { escalation });
  };
}
customElements.define("desk-setup-deadlines", DeadlinesSection);
