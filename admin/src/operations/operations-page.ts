import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { html, nothing, type PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { operationsStyles } from "./operations.styles.ts";
import "./audit-part.ts";
import "./state-part.ts";

/**
 * @summary How the desk is doing and what was done to it, for owners and admins.
 */
export class OperationsPage extends BaseElement {
  static override styles = [base, surfaces, dense, stage, operationsStyles];

  @property({ attribute: false }) section = "";
  @consume({ context: sessionContext }) private session!: Session;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    document.title = msg("Operations – Sidedesk");
  }

  override render() {
    const sections = [
      { key: "", label: msg("How it runs"), body: html`<desk-operations-state></desk-operations-state>` },
      { key: "audit", label: msg("Audit"), body: html`<desk-operations-audit></desk-operations-audit>` },
    ];
    const here = sections.find(({ key }) => key === this.section) ?? sections[0]!;
    if (!this.session.canSetUp)
      return html`<main class="stage">
        <header class="stage-head"><h1>${msg("Operations")}</h1></header>
        <div class="empty">
          ${emptyArt("locked")}
          <h2>${msg("Operations is for owners and admins")}</h2>
          <p>${msg("Ask one of them what you would like to know.")}</p>
        </div>
      </main>`;
    return html`<main class="stage">
      <header class="stage-head">
        <h1>${msg("Operations")}</h1>
        <nav class="sections" aria-label=${msg("Operations")}>
          ${sections.map(({ key, label }) => html`<a href=${paths.operations(key)} aria-current=${key === here.key ? "page" : nothing}>${label}</a>`)}
        </nav>
      </header>
      <div class="stage-body" tabindex="0" role="region" aria-label=${here.label}>${here.body}</div>
    </main>`;
  }
}
customElements.define("desk-operations", OperationsPage);
