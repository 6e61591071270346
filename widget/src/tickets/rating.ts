import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { ticketsApi } from "@sidedesk/client";
import type { Rating, Ticket } from "@sidedesk/contract";
import { mayRateAgain } from "@sidedesk/contract/lifecycle";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { problemLine } from "@sidedesk/ui/surfaces";
import { html, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { Desk } from "../session/desk.ts";
import { errorWords } from "../session/words.ts";
import { ratingStyles } from "./rating.styles.ts";

/** A rating was taken. */
export class RateEvent extends Event {
  readonly rating: Rating;
  constructor(rating: Rating) {
    super("sidedesk-rate");
    this.rating = rating;
  }
}

/** Asks how a solved request went: one tap rates, words may follow. Part of `<sidedesk-ticket>`. */
export class SidedeskRating extends BaseElement {
  static override styles = [base, buttons, fields, ratingStyles];

  @property({ attribute: false }) ticket!: Ticket;
  @property({ attribute: false }) desk!: Desk;
  @state() private score = 0;
  @state() private words = "";
  @state() private problem = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("ticket") || changed.get("ticket")?.id === this.ticket.id) return;
    this.score = this.ticket.rating?.score ?? 0;
    this.words = this.ticket.rating?.comment ?? "";
    this.problem = "";
  }

  override render() {
    const { rating } = this.ticket;
    if (rating && !mayRateAgain(rating.createdAt))
      return html`<p class="meta">${msg(str`You gave ${rating.score} of 5.`)}</p>`;
    return html`<fieldset>
        <legend>${msg("How was our help?")}</legend>
        ${[1, 2, 3, 4, 5].map(
          (score) =>
            html`<label
              ><input
                type="radio"
                name="score"
                .checked=${score === this.score}
                aria-describedby="scale"
                @change=${() => this.#handleChoose(score)}
              />${score}</label
            >`,
        )}
      </fieldset>
      <p class="meta" id="scale">${msg("1 is poor, 5 is great")}</p>
      ${rating ? this.#renderWords() : nothing}${problemLine("problem", this.problem || undefined)}
      <p class="meta" role="status">${rating ? msg("Thank you. You can change it for 7 days.") : nothing}</p>`;
  }

  #renderWords() {
    const kept = this.ticket.rating?.comment ?? "";
    return html`<textarea
        class="input"
        rows="2"
        maxlength="2000"
        dir="auto"
        placeholder=${msg("Say more, if you like")}
        aria-label=${msg("Say more, if you like")}
        .value=${this.words}
        @input=${(event: InputEvent) => (this.words = (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      ${
        this.words.trim() === kept
          ? nothing
          : html`<button class="button button-s" type="button" @click=${() => this.#send()}>${msg("Send")}</button>`
      }`;
  }

  /** Arrow keys pass over scores on their way: what counts is where they stop. */
  #handleChoose(score: number): void {
    this.score = score;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), 600);
  }

  async #send(): Promise<void> {
    clearTimeout(this.#timer);
    this.problem = "";
    const comment = this.words.trim();
    try {
      const input = { score: this.score, ...(comment ? { comment } : {}) };
      const rating = await ticketsApi(this.desk.http).rate(this.ticket.id, input);
      this.dispatchEvent(new RateEvent(rating));
    } catch (error) {
      this.problem = errorWords(error);
    }
  }
}
