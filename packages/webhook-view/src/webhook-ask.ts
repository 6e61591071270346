import { html } from "lit";
import { state } from "lit/decorators.js";
import { WebhookDialog } from "./webhook-dialog.ts";

/** A question before something that cannot be undone, or that can go two ways. */
export interface Question {
  title: string;
  text: string;
  /** What leaves everything as it is. */
  keep: string;
  choices: readonly { label: string; tone: "danger" | "primary" | "plain"; run: () => Promise<unknown> }[];
}

/**
 * @summary Asks before it happens: names the thing, says the outcome, and repeats the verb on its buttons.
 */
export class WebhookAsk extends WebhookDialog {
  @state() private question: Question | null = null;

  /** Opens with a question; closes when a choice has done its work. */
  async show(question: Question): Promise<void> {
    this.question = question;
    await this.open();
  }

  override render() {
    const { title = "", text = "", keep = "", choices = [] } = this.question ?? {};
    const classes = { danger: "danger", primary: "button-primary", plain: "" };
    return this.renderFrame(
      title,
      html`<p>${text}</p>`,
      html`<button class="button" type="button" @click=${this.close}>${keep}</button>${choices.map(
          ({ label, tone, run }) =>
            html`<button
              class="button ${classes[tone]}"
              type="button"
              ?disabled=${this.isBusy}
              @click=${() => this.choose(run)}
            >
              ${tone === "plain" ? "" : this.renderSpin()}${label}
            </button>`,
        )}`,
    );
  }

  private async choose(run: () => Promise<unknown>): Promise<void> {
    if (await this.attempt(run)) this.close();
  }
}
