import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { css, html, nothing, type PropertyValues } from "lit";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { addWords, PreferencesForm, preferencesStyles } from "@sidedesk/preferences-view";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import { wordsFor } from "../shell/late-words.ts";
import { locale } from "../shell/localization.ts";
import { pushOf } from "../shell/push.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { problemText } from "../shell/words.ts";
import { bookOf } from "./book-of.ts";

const styles = css`
  .set {
    max-inline-size: 640px;
    padding: var(--sd-4) var(--sd-5) var(--sd-8);
  }
  .stage-body {
    background: var(--sd-canvas);
  }
  h1 {
    flex: 1;
  }
  @media (max-width: 767.98px) {
    .set {
      padding-inline: var(--sd-3);
    }
  }
`;

/**
 * @summary How whoever is signed in wants to be told of what happens on a site: the form that customers have of theirs.
 */
export class PreferencesPage extends BaseElement {
  static override styles = [base, buttons, facts, fields, surfaces, preferencesStyles, dense, stage, styles];

  @consume({ context: sessionContext }) private session!: Session;
  private readonly words = wordsFor(this, addWords);
  private readonly form = new PreferencesForm(this, () => {
    const book = bookOf(this.session);
    return book && { book, scope: "staff", locale: locale(), push: pushOf(this.session), say: problemText };
  });

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("desk-catch-up", this.handleCatchUp);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("desk-catch-up", this.handleCatchUp);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    document.title = msg("Your notifications – Sidedesk");
  }

  override render() {
    const { session } = this;
    const isOneOfMany = (session.staff?.sites.length ?? 0) > 1;
    return html`<main class="stage">
      <header class="stage-head">
        <h1>${msg("Your notifications")}</h1>
        ${this.words.spoken ? this.form.renderState() : nothing}
      </header>
      <div class="stage-body" tabindex="0" role="region" aria-label=${msg("Your notifications")}>
        <div class="set">
          ${isOneOfMany ? html`<p class="meta">${msg(str`These are for ${session.siteName}; each site has its own.`)}</p>` : nothing}
          ${this.words.spoken ? this.form.render() : nothing}
        </div>
      </div>
    </main>`;
  }

  private readonly handleCatchUp = (): void => this.form.refresh();
}
customElements.define("desk-preferences", PreferencesPage);
