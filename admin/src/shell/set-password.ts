import { msg } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import { html, type PropertyValues, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { paths } from "../router.ts";
import { DoorPage } from "./door-page.ts";
import { textOf } from "./forms.ts";
import { problemWords } from "./words.ts";

const least = 10;

/**
 * @summary Where the link of an invitation or a reset leads: choose a password.
 */
export class SetPassword extends DoorPage {
  @state() private isDone = false;
  private readonly token = new URLSearchParams(location.search).get("token") ?? "";

  protected override firstUpdated(_changed: PropertyValues): void {
    document.title = msg("Choose a password – Sidedesk");
    void this.focusOn("#password");
  }

  protected get label(): string {
    return msg("Choose a password");
  }

  protected renderInside(): TemplateResult {
    return this.isDone ? this.renderDone() : this.token ? this.renderForm() : this.renderNoToken();
  }

  private renderForm() {
    return html`<form novalidate @submit=${this.handleSubmit}>
      <div>
        <h1>${msg("Choose a password")}</h1>
        <p>${msg("At least 10 characters. A few words are easier to remember than signs.")}</p>
      </div>
      ${this.renderPasswordField("new-password")} ${this.renderButton(msg("Save password"))}
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
