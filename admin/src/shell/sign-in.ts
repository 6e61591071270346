import { msg, str } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { DoorPage } from "./door-page.ts";
import { textOf } from "./forms.ts";
import { problemWords, span } from "./words.ts";

/**
 * @summary Sign-in for staff: email and password, then, where the account wants one, a code as its own step.
 */
export class SignIn extends DoorPage {
  @state() private step: "password" | "code" = "password";
  @state() private told = "";
  private email = "";
  private password = "";

  protected override firstUpdated(_changed: PropertyValues): void {
    document.title = msg("Sign in – Sidedesk");
    void this.focusOn("#email");
  }

  protected get label(): string {
    return msg("Sign in");
  }

  protected renderInside(): TemplateResult {
    return this.step === "password" ? this.renderPassword() : this.renderCode();
  }

  private renderPassword(): TemplateResult {
    return html`<form novalidate @submit=${this.handleSubmit}>
      <div>
        <h1>${msg("Sign in")}</h1>
        <p>${msg("For people who answer")}</p>
      </div>
      ${this.session.expired ? html`<p class="note" data-tone="warning" role="status">${msg("Please sign in again. Your drafts are kept.")}</p>` : nothing}
      <div class="field">
        <label for="email">${msg("Email")}</label>
        <input
          class="input"
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          .value=${this.email}
          aria-invalid=${this.problem ? "true" : nothing}
        />
      </div>
      ${this.renderPasswordField("current-password")} ${this.renderButton(msg("Sign in"))}
      <button class="button button-quiet" type="button" @click=${this.handleForgotten}>
        ${msg("Forgot your password?")}
      </button>
      <p role="status">${this.told}</p>
    </form>`;
  }

  private renderCode(): TemplateResult {
    return html`<form novalidate @submit=${this.handleSubmit}>
      <div>
        <h1>${msg("One more step")}</h1>
        <p>${msg("Enter the 6 digits your authenticator app shows now, or a recovery code.")}</p>
      </div>
      <div class="field">
        <label for="code">${msg("Code")}</label>
        <input
          class="input code"
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength="32"
          required
          aria-describedby=${this.problem ? "problem" : nothing}
        />
        ${this.renderProblem()}
      </div>
      ${this.renderButton(msg("Continue"))}
      <button class="button button-quiet" type="button" @click=${this.handleBack}>${msg("Someone else")}</button>
    </form>`;
  }

  private readonly handleForgotten = async (): Promise<void> => {
    if (this.isBusy) return;
    this.told = "";
    this.email = textOf(this.renderRoot.querySelector("form"), "email").trim();
    if (!this.email) {
      this.problem = msg("Type your email above, please.");
      return void this.focusOn("#email");
    }
    this.isBusy = true;
    this.problem = "";
    try {
      await this.session.client.staff.forgotPassword(this.email);
      this.told = msg("If there is an account with this address, a mail with a link is on its way.");
    } catch (error) {
      this.problem = problemWords(error).words;
    }
    this.isBusy = false;
  };

  private handleBack(): void {
    this.step = "password";
    this.problem = "";
    this.password = "";
    void this.focusOn("#email");
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    if (this.step === "password") {
      this.email = textOf(event.target, "email").trim();
      this.password = textOf(event.target, "password");
      if (!this.email || !this.password) {
        this.problem = msg("Enter your email and password.");
        return void this.focusOn(this.email ? "#password" : "#email");
      }
    }
    const code = this.step === "code" ? textOf(event.target, "code").trim() : undefined;
    this.isBusy = true;
    this.problem = "";
    try {
      await this.session.login(this.email, this.password, code);
    } catch (error) {
      this.handleRefusal(error);
    }
    this.isBusy = false;
  }

  private handleRefusal(error: unknown): void {
    if (error instanceof ApiError && error.problem.code === "totp_required" && this.step === "password") {
      this.step = "code";
      return void this.focusOn("#code");
    }
    this.problem = this.words(error);
    void this.focusOn(this.step === "code" ? "#code" : "#password");
  }

  private words(error: unknown): string {
    if (!(error instanceof ApiError)) return problemWords(error).words;
    const { problem, status, retryAfter } = error;
    if (status === 429) return msg(str`Too many tries. You can sign in again in ${span((retryAfter ?? 900) * 1000)}.`);
    if (status !== 401 && status !== 400) return problemWords(error).words;
    const what = this.step === "code" ? msg("That code does not fit.") : msg("Email and password do not match.");
    const left = problem.triesLeft;
    if (left === undefined) return what;
    if (left === 1) return msg(str`${what} 1 try left, then a 15 minute pause.`);
    return msg(str`${what} ${left} tries left, then a 15 minute pause.`);
  }
}
customElements.define("desk-sign-in", SignIn);
