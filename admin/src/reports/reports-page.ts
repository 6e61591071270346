import { msg } from "@lit/localize";
import { html, type PropertyValues } from "lit";
import { paths } from "../router.ts";
import { SectionsPage } from "../shell/sections-page.ts";
import "./activity-section.ts";
import "./export-section.ts";
import "./figures-section.ts";
import "./imports-section.ts";

/**
 * @summary What the site has done: its figures, its feed, its tickets as files and from files.
 */
export class ReportsPage extends SectionsPage {
  protected override willUpdate(_changed: PropertyValues): void {
    document.title = msg("Reports – Sidedesk");
  }

  protected heading = () => msg("Reports");
  protected pathOf = (key: string) => paths.reports(key);
  protected sections = () => [
    { key: "", label: msg("Figures"), body: html`<desk-report-figures></desk-report-figures>` },
    { key: "activity", label: msg("Activity"), body: html`<desk-report-activity></desk-report-activity>` },
    { key: "export", label: msg("Export"), body: html`<desk-report-export></desk-report-export>` },
    ...(this.session.canSetUp
      ? [{ key: "imports", label: msg("Imports"), body: html`<desk-report-imports></desk-report-imports>` }]
      : []),
  ];
}
customElements.define("desk-reports", ReportsPage);
