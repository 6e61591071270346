import { msg } from "@lit/localize";
import { addWords, PreferencesForm, preferencesStyles } from "@sidedesk/preferences-view";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { panel } from "@sidedesk/ui/panel.styles";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { switches } from "@sidedesk/ui/switch.styles";
import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { DeskElement } from "../session/desk-element.ts";
import { wordsFor } from "../session/late-words.ts";
import { signedOutView } from "../session/states.ts";
import { pushOf } from "../session/push-of.ts";
import { backButton, closeButton } from "../session/view-parts.ts";
import { viewStyles } from "../session/view.styles.ts";
import { errorText } from "../session/error-text.ts";
import { bookOf } from "./book-of.ts";
import { frameStyles } from "./preferences.styles.ts";

/**
 * @summary How a customer wants to be told: which kinds in which ways, gathered or not, when not, in which language. What is
 * changed is saved at once. Usable alone; loaded only where it stands.
 * @tag sidedesk-preferences
 * @attr {string} site - The site's public key, when it is not the one of the script tag.
 * @attr {string} desk - Address of the desk, when it is not the one of the script tag.
 * @csspart ways - The table of kinds and ways.
 * @csspart saved - What says whether everything is saved.
 */
export class SidedeskPreferences extends DeskElement {
  static override styles = [
    ...(DeskElement.styles as []),
    buttons,
    facts,
    fields,
    switches,
    surfaces,
    panel,
    viewStyles,
    preferencesStyles,
    frameStyles,
  ];

  /** Set by the panel: the view fills it, goes back and has a close button. */
  @property({ type: Boolean, reflect: true }) framed = false;

  #words = wordsFor(this, addWords);
  #form = new PreferencesForm(this, () => {
    const book = bookOf(this.desk);
    return book && { book, scope: "customer", locale: this.locale, push: pushOf(this.desk), say: errorText };
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow(this.desk.on("refetch", () => this.#form.refresh()));
  }

  /** Whoever waits for the element, to focus it, waits for its words, too. */
  protected override async getUpdateComplete(): Promise<boolean> {
    await super.getUpdateComplete();
    await this.#words.ready;
    return super.getUpdateComplete();
  }

  override render() {
    if (!this.#words.spoken) return nothing;
    return html`<header class="panel-head">
        ${backButton(this, this.framed, msg("Back"))}
        <h1 tabindex="-1">${msg("Settings")}</h1>
        ${this.#form.renderState()}${closeButton(this, this.framed)}
      </header>
      <div class="panel-body" role="region" aria-label=${msg("Settings")}>
        <div class="set">${this.#renderBody()}</div>
      </div>`;
  }

  #renderBody(): TemplateResult | typeof nothing {
    const { desk } = this;
    if (desk.state === "signed-out") return html`<div class="card">${signedOutView(desk)}</div>`;
    if (desk.state === "anonymous") {
      return html`<div class="card empty">
        ${emptyArt("locked")}
        <h2>${msg("Sign in to see your settings")}</h2>
        <p>${msg("They belong to your account.")}</p>
      </div>`;
    }
    return this.#form.render();
  }
}
