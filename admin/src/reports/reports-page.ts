import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { html, nothing, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { paths } from "../router.ts";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { reportsPageStyles } from "./reports-page.styles.ts";
import "./activity-section.ts";
import "./export-section.ts";
import "./figures-section.ts";
import "./imports-section.ts";

/**
 * @summary What the site has done: its figures, its feed, its tickets as files and from files.
 */
export class ReportsPage extends BaseElement {
  static override styles = [base, choosing, dense, stage, reportsPageStyles];

  @property({ attribute: false }) section = "";
  @consume({ context: sessionContext }) private session!: Session;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    document.title = msg("Reports – Sidedesk");
  }

  override render() {
    const sections = [
      { key: "", label: msg("Figures"), body: html`<desk-report-figures></desk-report-figures>` },
      { key: "activity", label: msg("Activity"), body: html`<desk-report-activity></desk-report-activity>` },
      { key: "export", label: msg("Export"), body: html`<desk-report-export></desk-report-export>` },
      ...(this.session.canSetUp
        ? [{ key: "imports", label: msg("Imports"), body: html`<desk-report-imports></desk-report-imports>` }]
        : []),
    ];
    const here = sections.find(({ key }) => key === this.section) ?? sections[0];
    return html`<main class="stage">
      <header class="stage-head">
        <h1>${msg("Reports")}</h1>
        <nav class="sections" aria-label=${msg("Reports")}>
          ${sections.map(({ key, label }) => html`<a href=${paths.reports(key)} aria-current=${key === here?.key ? "page" : nothing}>${label}</a>`)}
        </nav>
      </header>
      <div class="stage-body" tabindex="0" role="region" aria-label=${here?.label ?? nothing}>${here?.body}</div>
    </main>`;
  }
}
customElements.define("desk-reports", ReportsPage);
