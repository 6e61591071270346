import { msg } from "@lit/localize";
import { html, type PropertyValues } from "lit";
import { paths } from "../router.ts";
import { lockedPage, SectionsPage } from "../shell/sections-page.ts";
import "./audit-part.ts";
import "./failed-part.ts";
import "./inbound-part.ts";
import "./mail-part.ts";
import "./state-part.ts";
import "./suppressions-part.ts";

/**
 * @summary How the desk is doing and what was done to it, for owners and admins.
 */
export class OperationsPage extends SectionsPage {
  protected override willUpdate(_changed: PropertyValues): void {
    document.title = msg("Operations – Sidedesk");
  }

  protected heading = () => msg("Operations");
  protected pathOf = (key: string) => paths.operations(key);
  protected sections = () => [
    { key: "", label: msg("How it runs"), body: html`<desk-operations-state></desk-operations-state>` },
    { key: "mail", label: msg("Mail"), body: html`<desk-operations-mail></desk-operations-mail>` },
    { key: "failed", label: msg("Failed work"), body: html`<desk-operations-failed></desk-operations-failed>` },
    { key: "mail-in", label: msg("Mail in"), body: html`<desk-operations-inbound></desk-operations-inbound>` },
    {
      key: "mail-stopped",
      label: msg("Mail stopped"),
      body: html`<desk-operations-suppressions></desk-operations-suppressions>`,
    },
    { key: "audit", label: msg("Audit"), body: html`<desk-operations-audit></desk-operations-audit>` },
  ];

  override render() {
    if (this.session.canSetUp) return super.render();
    const words = msg("Operations is for owners and admins");
    return lockedPage(this.heading(), words, msg("Ask one of them what you would like to know."));
  }
}
customElements.define("desk-operations", OperationsPage);
