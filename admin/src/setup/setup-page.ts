import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { lockedPage, revealSection } from "../shell/sections-page.ts";
import { sectionLinks } from "../shell/sections.styles.ts";
import { setupStyles } from "./setup.styles.ts";
import "./alerts-section.ts";
import "./categories-section.ts";
import "./deadlines-section.ts";
import "./keys-section.ts";
import "./mail-section.ts";
import "./replies-section.ts";
import "./retention-section.ts";
import "./site-section.ts";
import "./staff-section.ts";
import "./teams-section.ts";
import "./uploads-section.ts";

/**
 * @summary Set-up of a site, for owners and admins: where it may stand, its keys, who answers.
 */
export class SetupPage extends BaseElement {
  static override styles = [base, surfaces, dense, stage, sectionLinks, setupStyles];

  @property({ attribute: false }) section = "site";
  @consume({ context: sessionContext }) private session!: Session;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    document.title = msg("Set-up – Sidedesk");
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("section")) revealSection(this.renderRoot);
  }

  override render() {
    const all = [
      { key: "site", label: msg("Site and origins") },
      { key: "keys", label: msg("Keys and embed") },
      { key: "categories", label: msg("Categories") },
      { key: "deadlines", label: msg("Deadlines") },
      { key: "staff", label: msg("Staff") },
      { key: "teams", label: msg("Teams") },
      { key: "mail", label: msg("Mail") },
      { key: "alerts", label: msg("Alerts") },
      { key: "replies", label: msg("Canned replies") },
      { key: "files", label: msg("Files") },
      { key: "webhooks", label: msg("Webhooks") },
      { key: "retention", label: msg("Retention") },
    ];
    // Whoever answers keeps the replies; the rest is for those who set the site up.
    const sections = this.session.canSetUp ? all : all.filter(({ key }) => key === "replies");
    const here = sections.some((one) => one.key === this.section) ? this.section : "site";
    if (!this.session.canSetUp && this.section !== "replies") {
      const words = msg("Set-up is for owners and admins");
      return lockedPage(msg("Set-up"), words, msg("Ask one of them if something should change."));
    }
    return html`<main class="stage">
      <header class="stage-head"><h1>${msg("Set-up")}</h1></header>
      <div class="frame">
        <nav class="sections" aria-label=${msg("Set-up")}>
          ${sections.map(({ key, label }) => html`<a href=${paths.setup(key)} aria-current=${key === here ? "page" : nothing}>${label}</a>`)}
        </nav>
        <div
          class="stage-body"
          tabindex="0"
          role="region"
          aria-label=${sections.find((one) => one.key === here)?.label ?? nothing}
        >
          ${this.renderSection(here)}
        </div>
      </div>
    </main>`;
  }

  private renderSection(here: string): TemplateResult {
    switch (here) {
      case "keys":
        return html`<desk-setup-keys></desk-setup-keys>`;
      case "alerts":
        return html`<desk-setup-alerts></desk-setup-alerts>`;
      case "categories":
        return html`<desk-setup-categories></desk-setup-categories>`;
      case "deadlines":
        return html`<desk-setup-deadlines></desk-setup-deadlines>`;
      case "staff":
        return html`<desk-setup-staff></desk-setup-staff>`;
      case "teams":
        return html`<desk-setup-teams></desk-setup-teams>`;
      case "mail":
        return html`<desk-setup-mail></desk-setup-mail>`;
      case "replies":
        return html`<desk-setup-replies></desk-setup-replies>`;
      case "files":
        return html`<desk-setup-uploads></desk-setup-uploads>`;
      case "webhooks":
        return html`<desk-setup-webhooks></desk-setup-webhooks>`; // its own piece: see the router
      case "retention":
        return html`<desk-setup-retention></desk-setup-retention>`;
      default:
        return html`<desk-setup-site></desk-setup-site>`;
    }
  }
}
customElements.define("desk-setup", SetupPage);
