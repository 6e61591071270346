import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import type { Letter } from "@sidedesk/client/outbox";
import type { RatingInput, Ticket } from "@sidedesk/contract";
import { mayRateAgain } from "@sidedesk/contract/rating-days";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { clockIcon } from "@sidedesk/ui/icons";
import { problemLine } from "@sidedesk/ui/surfaces";
import { html, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { ratingStyles } from "./rating.styles.ts";

/** Somebody rated. */
export class RateEvent extends Event {
  readonly input: RatingInput;
  constructor(input: RatingInput) {
    super("sidedesk-rate");
    this.input = input;
  }
}

/** Asks how a solved request went: one tap rates, words may follow. Part of `<sidedesk-ticket>`, which sends it. */
export class SidedeskRating extends BaseElement {
  static override styles = [base, buttons, fields, ratingStyles];

  @property({ attribute: false }) ticket!: Ticket;
  /** A rating on its way, waiting, or refused. */
  @property({ attribute: false }) letter: Letter<"rating"> | undefined;
  /** What the letter's state is: it changes while the letter stays the same. */
  @property() standing = "";
  @state() private score = 0;
  @state() private words = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  /** Whoever leaves right after the tap has rated all the same. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer) this.#send();
  }

  /** What was said last: here, or as far as the server knows. */
  get #said(): RatingInput | undefined {
    const { rating } = this.ticket;
    return this.letter?.input ?? (rating ? { score: rating.score, comment: rating.comment ?? "" } : undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("ticket") || changed.get("ticket")?.id === this.ticket.id) return;
    this.score = this.#said?.score ?? 0;
    this.words = this.#said?.comment ?? "";
  }

  override render() {
    const { rating } = this.ticket;
    if (rating && !mayRateAgain(rating.createdAt))
      return html`<p class="meta">${msg(str`You gave ${rating.score} of 5.`)}</p>`;
    const isFailed = this.letter?.state === "failed";
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
      ${this.#said ? this.#renderWords(this.#said.comment ?? "") : nothing}
      ${
        isFailed
          ? html`${problemLine("problem", `${msg("Not sent.")} ${this.letter?.problem?.detail ?? ""}`)}
              <button class="button button-s" type="button" @click=${this.#send}>${msg("Send again")}</button>`
          : nothing
      }
      <p class="meta row" role="status">
        ${
          this.letter && !isFailed
            ? html`${icon(clockIcon)}${this.standing === "sending" ? msg("Sending") : msg("Waiting to send")}`
            : rating && !isFailed
              ? msg("Thank you. You can change it for 7 days.")
              : nothing
        }
      </p>`;
  }

  #renderWords(kept: string) {
    return html`<textarea
        class="input"
        rows="2"
        maxlength="2000"
        dir=${this.words ? "auto" : nothing}
        placeholder=${msg("Say more, if you like")}
        aria-label=${msg("Say more, if you like")}
        .value=${this.words}
        @input=${(event: InputEvent) => (this.words = (event.target as HTMLTextAreaElement).value)}
      ></textarea>
      ${
        this.words.trim() === kept
          ? nothing
          : html`<button class="button button-s" type="button" @click=${this.#send}>${msg("Send")}</button>`
      }`;
  }

  /** Arrow keys pass over scores on their way: what counts is where they stop. */
  #handleChoose(score: number): void {
    this.score = score;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), 600);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const comment = this.words.trim();
    this.dispatchEvent(new RateEvent({ score: this.score, ...(comment ? { comment } : {}) }));
  }
}
