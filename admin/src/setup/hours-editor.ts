import { msg, str } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, plusIcon, xIcon } from "@sidedesk/ui/icons";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { locale } from "../shell/localization.ts";
import {
  dayNames,
  daysOf,
  isEmptyShift,
  isOvernight,
  officeWeek,
  weekOf,
  type BusinessHours,
  type Week,
} from "./hours.ts";
import { hoursStyles } from "./hours-editor.styles.ts";
import { sectionStyles } from "./setup.styles.ts";

/** Business hours are to be kept; null to count every hour. */
export class HoursSaveEvent extends Event {
  readonly hours: BusinessHours | null;
  constructor(hours: BusinessHours | null) {
    super("desk-hours-save");
    this.hours = hours;
  }
}

/**
 * @summary A week's opening times with time zone and holidays, or none.
 * @event desk-hours-save - Somebody pressed Save; `event.hours` has what they set.
 */
export class HoursEditor extends BaseElement {
  static override styles = [base, buttons, facts, fields, surfaces, dense, sectionStyles, hoursStyles];

  @property({ attribute: false }) hours: BusinessHours | null = null;
  /** Offered when none were set so far. */
  @property() zone = "UTC";
  @state() private isOn = false;
  @state() private timezone = "UTC";
  @state() private week: Week = officeWeek();
  @state() private holidays: string[] = [];
  @state() private problem = "";

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("hours")) return;
    const { hours } = this;
    this.isOn = hours !== null;
    this.timezone = hours?.timezone ?? this.zone;
    this.week = hours ? weekOf(hours.days) : officeWeek();
    this.holidays = [...(hours?.holidays ?? [])].sort();
  }

  override render() {
    return html`<form @submit=${this.handleSave} novalidate>
      <h2>${msg("Business hours")}</h2>
      <label class="toggle"
        ><input
          class="switch"
          type="checkbox"
          role="switch"
          .checked=${this.isOn}
          @change=${(event: Event) => (this.isOn = (event.target as HTMLInputElement).checked)}
        />${msg("Count business hours only")}</label
      >
      ${this.isOn ? this.renderHours() : html`<p class="meta">${msg("Every hour of every day counts.")}</p>`}
      <p class="problem" role="alert">
        ${this.problem ? html`${icon(circleAlertIcon)}<span>${this.problem}</span>` : nothing}
      </p>
      <div><button class="button button-primary" type="submit">${msg("Save hours")}</button></div>
    </form>`;
  }

  private renderHours(): TemplateResult {
    const names = dayNames(locale());
    return html`<div class="field">
        <label for="zone">${msg("Time zone")}</label
        ><input
          class="input"
          id="zone"
          list="zones"
          maxlength="64"
          autocomplete="off"
          .value=${this.timezone}
          @change=${(event: Event) => (this.timezone = (event.target as HTMLInputElement).value.trim())}
        /><datalist id="zones">
          ${Intl.supportedValuesOf("timeZone").map((zone) => html`<option value=${zone}></option>`)}
        </datalist>
      </div>
      <div class="days">${this.week.map((shifts, day) => this.renderDay(names[day]!, shifts, day))}</div>
      <h2>${msg("Holidays")}</h2>
      <p class="meta">${msg("Closed all day. A shift belongs to the day on which it begins.")}</p>
      ${
        this.holidays.length
          ? html`<ul class="chips">
              ${this.holidays.map(
                (date) =>
                  html`<li class="chip num">
                    ${dateWords(date)}<button
                      class="icon-button icon-button-s"
                      type="button"
                      aria-label=${msg(str`Remove ${dateWords(date)}`)}
                      @click=${() => (this.holidays = this.holidays.filter((one) => one !== date))}
                    >
                      ${icon(xIcon)}
                    </button>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
      <div class="line">
        <input class="input date" type="date" aria-label=${msg("Holiday")} @keydown=${this.handleDateKey} /><button
          class="button"
          type="button"
          @click=${this.handleAddHoliday}
        >
          ${msg("Add holiday")}
        </button>
      </div>`;
  }

  private renderDay(name: string, shifts: Week[number], day: number): TemplateResult {
    return html`<div class="day" role="group" aria-label=${name}>
      <h3>${name}</h3>
      <div class="shifts">
        ${shifts.map((shift, index) => this.renderShift(name, shift, day, index))}
        ${
          shifts.length
            ? nothing
            : html`<div class="shift">
                <span class="meta">${msg("Closed")}</span>
                <button
                  class="button button-s button-quiet"
                  type="button"
                  aria-label=${msg(str`Add hours on ${name}`)}
                  @click=${() => this.change(day, () => [{ from: "09:00", to: "17:00" }])}
                >
                  ${icon(plusIcon)}${msg("Add hours")}
                </button>
              </div>`
        }
      </div>
    </div>`;
  }

  private renderShift(name: string, shift: Week[number][number], day: number, index: number): TemplateResult {
    const { length } = this.week[day]!;
    const set = (part: "from" | "to") => (event: Event) => {
      const value = (event.target as HTMLInputElement).value;
      this.change(day, (shifts) => shifts.map((one, at) => (at === index ? { ...one, [part]: value } : one)));
    };
    return html`<div class="shift">
      <input
        class="input"
        type="time"
        aria-label=${msg(str`${name}, opens`)}
        aria-invalid=${this.problem && isEmptyShift(shift) ? "true" : nothing}
        .value=${shift.from}
        @change=${set("from")}
      /><span aria-hidden="true">–</span
      ><input
        class="input"
        type="time"
        aria-label=${msg(str`${name}, closes`)}
        aria-invalid=${this.problem && isEmptyShift(shift) ? "true" : nothing}
        .value=${shift.to}
        @change=${set("to")}
      />
      ${isOvernight(shift) ? html`<span class="meta">${msg("next day")}</span>` : nothing}
      <button
        class="icon-button"
        type="button"
        aria-label=${msg(str`Remove these hours on ${name}`)}
        @click=${() => this.change(day, (shifts) => shifts.filter((_one, at) => at !== index))}
      >
        ${icon(xIcon)}
      </button>
      ${
        index === length - 1 && length < 3
          ? html`<button
              class="icon-button"
              type="button"
              aria-label=${msg(str`Add hours on ${name}`)}
              title=${msg("Add hours")}
              @click=${() => this.change(day, (shifts) => [...shifts, { from: "13:00", to: "17:00" }])}
            >
              ${icon(plusIcon)}
            </button>`
          : nothing
      }
    </div>`;
  }

  private change(day: number, how: (shifts: Week[number]) => Week[number]): void {
    this.week = this.week.map((one, index) => (index === day ? how(one) : one));
  }

  private readonly handleDateKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter adds the date; it does not save yet
    this.handleAddHoliday();
  };

  private readonly handleAddHoliday = (): void => {
    const input = this.renderRoot.querySelector<HTMLInputElement>(".date");
    if (!input?.value) return;
    this.holidays = [...new Set([...this.holidays, input.value])].sort();
    input.value = "";
  };

  private readonly handleSave = (event: SubmitEvent): void => {
    event.preventDefault();
    this.problem = "";
    if (!this.isOn) return void this.dispatchEvent(new HoursSaveEvent(null));
    const days = daysOf(this.week);
    if (this.week.flat().some(isEmptyShift)) this.problem = msg("Say when these hours begin and when they end.");
    else if (days.length === 0) this.problem = msg("Open on at least one day, or count every hour.");
    else if (!isZone(this.timezone)) this.problem = msg("Choose a time zone such as Europe/Berlin.");
    else this.dispatchEvent(new HoursSaveEvent({ timezone: this.timezone, days, holidays: this.holidays }));
  };
}

const dateWords = (date: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${date}T00:00Z`));

function isZone(zone: string): boolean {
  try {
    return Boolean(zone && new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
customElements.define("desk-hours", HoursEditor);
