import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import { html, nothing, type PropertyValues } from "lit";
import { state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon, mark, markShape } from "@sidedesk/ui/icon";
import { circleAlertIcon, eyeIcon } from "@sidedesk/ui/icons";
import { people } from "@sidedesk/ui/people.styles";
import { paths } from "../router.ts";
import { sessionContext } from "./contexts.ts";
import { door } from "./door.styles.ts";
import { textOf } from "./forms.ts";
import type { Session } from "./session.ts";
import { problemWords } from "./words.ts";

const least = 10;

/**
 * @summary Where the link of an invitation or a reset leads: choose a password.
 */
export class SetPassword extends BaseElement {
  static override styles = [base, buttons, fields, people, door];

  @consume({ context: sessionContext }) private session!: Session;
  @state() private isBusy = false;
  @state() private isDone = false;
  @state() private isShown = false;
  @state() private problem = "";
  private readonly token = new URLSearchParams(location.search).get("token") ?? "";

  protected override firstUpdated(_changed: PropertyValues): void {
    document.title = msg("Choose a password – Sidedesk");
    void this.focusOn("#password");
  }

  override render() {
    return html`<main class="door">
      <section class="door-form" aria-label=${msg("Choose a password")}>
        <span class="door-brand">${mark()}Sidedesk</span>
        ${this.isDone ? this.renderDone() : this.token ? this.renderForm() : this.renderNoToken()}
      </section>
      <div class="door-side" aria-hidden="true"><svg class="giant" viewBox="0 0 24 24">${markShape()}</svg></div>
    </main>`;
  }

  private renderForm() {
    return html`<form novalidate @submit=${this.handleSubmit}>
      <div>
        <h1>${msg("Choose a password")}</h1>
        <p>${msg("At least 10 characters. A few words are easier to remember than signs.")}</p>
      </div>
      <div class="field">
        <label for="password">${msg("Password")}</label>
        <div class="pass">
          <input
            class="input"
            id="password"
            name="password"
            type=${this.isShown ? "text" : "password"}
            autocomplete="new-password"
            maxlength="1024"
            required
            aria-invalid=${this.problem ? "true" : nothing}
            aria-describedby=${this.problem ? "problem" : nothing}
          /><button
            class="icon-button"
            type="button"
            aria-label=${this.isShown ? msg("Hide what is typed") : msg("Show what is typed")}
            @click=${() => (this.isShown = !this.isShown)}
          >
            ${icon(eyeIcon)}
          </button>
        </div>
        <p class="problem" id="problem" role="alert">
          ${this.problem ? html`${icon(circleAlertIcon)}<span>${this.problem}</span>` : nothing}
        </p>
      </div>
      <button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
        ${this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${msg("Save password")}
      </button>
    </form>`;
  }

  private renderDone() {
    return html`<form role="status">
      <div>
        <h1>${msg("Password saved")}</h1>
        <p>${msg("You can sign in with it now.")}</p>
      </div>
      <a class="button button-primary" href=${paths.login("")}>${msg("Go to sign-in")}</a>
    </form>`;
  }

  private renderNoToken() {
    return html`<form>
      <div>
        <h1>${msg("This link is not complete")}</h1>
        <p>${msg("Open it from the mail again, or ask for a new invitation.")}</p>
      </div>
    </form>`;
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy) return;
    const password = textOf(event.target, "password");
    if (password.length < least) {
      this.problem = msg("A few more characters, please: at least 10.");
      return void this.focusOn("#password");
    }
    this.isBusy = true;
    this.problem = "";
    try {
      await this.session.client.staff.password({ token: this.token, password });
      this.isDone = true;
    } catch (error) {
      const isSpent = error instanceof ApiError && [401, 404].includes(error.status);
      this.problem = isSpent
        ? msg("This link has been used or is too old. Ask for a new invitation.")
        : problemWords(error).words;
      void this.focusOn("#password");
    }
    this.isBusy = false;
  }
}
customElements.define("desk-set-password", SetPassword);
