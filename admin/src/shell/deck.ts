import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { property } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { icon } from "@sidedesk/ui/icon";
import { chartColumnIcon, ellipsisIcon, inboxIcon, userIcon } from "@sidedesk/ui/icons";
import type { MenuChooseEvent } from "@sidedesk/ui/menu";
import "@sidedesk/ui/menu";
import { go, paths } from "../router.ts";
import { dense } from "./console.styles.ts";
import { sessionContext } from "./contexts.ts";
import type { Session } from "./session.ts";
import { Watch } from "./store.ts";
import { whenFree } from "./unsaved.ts";
import "./bell.ts";

const styles = css`
  .deck {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    border-block-start: 1px solid var(--sd-border);
    background: var(--sd-surface);
    padding-block-end: env(safe-area-inset-bottom);
  }
  a,
  sd-menu::part(button) {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 3px;
    inline-size: 100%;
    min-block-size: 56px;
    block-size: auto;
    color: var(--sd-muted);
    font: 400 var(--sd-type-micro);
    text-decoration: none;
  }
  .face {
    display: grid;
    justify-items: center;
    gap: 3px;
  }
  a[aria-current],
  sd-menu.here::part(button) {
    color: var(--sd-primary-text);
    font-weight: 600;
  }
  a:focus-visible {
    outline-offset: -4px;
  }
`;

/**
 * @summary The console's places at the bottom of a small screen.
 */
export class ConsoleDeck extends BaseElement {
  static override styles = [base, dense, styles];

  /** The present address. */
  @property({ attribute: false }) place = "";
  @consume({ context: sessionContext }) private session!: Session;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  override render() {
    const isReports = this.place.startsWith("/admin/reports");
    const isCustomers = this.place.startsWith("/admin/customers");
    // The menu is marked while one is at one of its places, and says which.
    const inMenu = this.inMenu.find(({ path }) => this.place.startsWith(path))?.label ?? "";
    const isElsewhere = inMenu !== "" || isReports || isCustomers;
    return html`<nav class="deck" aria-label=${msg("Console")}>
      <a href=${paths.queue()} aria-current=${isElsewhere ? nothing : "page"}
        >${icon(inboxIcon, { large: true })}${msg("Queue")}</a
      >
      <a href=${paths.customers()} aria-current=${isCustomers ? "page" : nothing}
        >${icon(userIcon, { large: true })}${msg("Customers")}</a
      >
      <a href=${paths.reports()} aria-current=${isReports ? "page" : nothing}
        >${icon(chartColumnIcon, { large: true })}${msg("Reports")}</a
      >
      <desk-bell deck></desk-bell>
      <sd-menu
        class=${inMenu ? "here" : ""}
        label=${inMenu ? `${msg("More")}, ${inMenu}` : msg("More")}
        .items=${this.items}
        @sidedesk-menu-choose=${this.handleMore}
        ><span class="face">${icon(ellipsisIcon, { large: true })}${msg("More")}</span></sd-menu
      >
    </nav>`;
  }

  private get inMenu() {
    return [
      { id: "setup", label: msg("Set-up"), path: paths.setup() },
      { id: "operations", label: msg("Operations"), path: paths.operations() },
      { id: "settings", label: msg("Your notifications"), path: paths.settings() },
    ] as const;
  }

  private get items() {
    const [setup, operations, settings] = this.inMenu;
    const { staff, slug } = this.session;
    const others = (staff?.sites ?? []).filter((site) => site.slug !== slug);
    return [
      ...(this.session.canSetUp ? [setup, operations] : []),
      ...others.map((site) => ({ id: `site:${site.slug}`, label: site.name })),
      settings,
      { id: "out", label: msg("Sign out") },
    ];
  }

  private handleMore(event: MenuChooseEvent): void {
    const place = this.inMenu.find(({ id }) => id === event.item);
    if (place) go(place.path);
    else if (event.item === "out") whenFree(() => void this.session.logout());
    else whenFree(() => this.session.useSite(event.item.slice(5)));
  }
}
customElements.define("desk-deck", ConsoleDeck);
