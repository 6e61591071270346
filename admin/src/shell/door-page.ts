import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { bareMark, icon, mark } from "@sidedesk/ui/icon";
import { circleAlertIcon, eyeIcon } from "@sidedesk/ui/icons";
import { people } from "@sidedesk/ui/people.styles";
import { sessionContext } from "./contexts.ts";
import { door } from "./door.styles.ts";
import type { Session } from "./session.ts";

/** A page before one is in: one form beside the mark, a password that can be looked at, one problem, one button. */
export abstract class DoorPage extends BaseElement {
  static override styles = [base, buttons, fields, people, door];

  @consume({ context: sessionContext }) protected session!: Session;
  @state() protected isBusy = false;
  @state() protected problem = "";
  @state() private isShown = false;

  protected abstract readonly label: string;
  protected abstract renderInside(): TemplateResult;

  override render() {
    return html`<main class="door">
      <section class="door-form" aria-label=${this.label}>
        <span class="door-brand">${mark()}Sidedesk</span>
        ${this.renderInside()}
      </section>
      <div class="door-side" aria-hidden="true">${bareMark("giant")}</div>
    </main>`;
  }

  protected renderPasswordField(autocomplete: "current-password" | "new-password"): TemplateResult {
    return html`<div class="field">
      <label for="password">${msg("Password")}</label>
      <div class="pass">
        <input
          class="input"
          id="password"
          name="password"
          type=${this.isShown ? "text" : "password"}
          autocomplete=${autocomplete}
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
      ${this.renderProblem()}
    </div>`;
  }

  protected renderProblem(): TemplateResult {
    return html`<p class="problem" id="problem" role="alert">
      ${this.problem ? html`${icon(circleAlertIcon)}<span>${this.problem}</span>` : nothing}
    </p>`;
  }

  protected renderButton(label: string): TemplateResult {
    return html`<button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
      ${this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${label}
    </button>`;
  }
}
