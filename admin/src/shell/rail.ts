import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { StaffStats } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { people } from "@sidedesk/ui/people.styles";
import { icon, mark, type IconShape } from "@sidedesk/ui/icon";
import { chevronsUpDownIcon, inboxIcon, pauseIcon, settingsIcon, userIcon, userXIcon } from "@sidedesk/ui/icons";
import { figure } from "@sidedesk/ui/format";
import type { MenuChooseEvent, MenuItem } from "@sidedesk/ui/menu";
import "@sidedesk/ui/menu";
import { avatar } from "@sidedesk/ui/people";
import { paths } from "../router.ts";
import { dense } from "./console.styles.ts";
import { sessionContext } from "./contexts.ts";
import { openStatuses } from "./filter.ts";
import { locale } from "./localization.ts";
import { railStyles } from "./rail.styles.ts";
import type { Session } from "./session.ts";
import { Watch } from "./store.ts";
import "./bell.ts";

/** Views that everybody has, each an address like any other. */
export const views = (): {
  search: string;
  label: string;
  shape: IconShape;
  count?: (stats: StaffStats) => number;
}[] => [
  {
    search: "",
    label: msg("All open"),
    shape: inboxIcon,
    count: (stats) => openStatuses.reduce((sum, one) => sum + (stats.byStatus[one] ?? 0), 0),
  },
  { search: "?assignee=me", label: msg("Mine"), shape: userIcon },
  { search: "?assignee=none", label: msg("Unassigned"), shape: userXIcon },
  {
    search: "?status=waiting_customer",
    label: msg("Waiting on customer"),
    shape: pauseIcon,
    count: (stats) => stats.byStatus["waiting_customer"] ?? 0,
  },
];

/**
 * @summary The navigation at the side: site, places, views and who is signed in. Slim beside a ticket.
 */
export class ConsoleRail extends BaseElement {
  static override styles = [base, buttons, facts, people, dense, railStyles];

  @property({ type: Boolean, reflect: true }) slim = false;
  /** The present address, so that the current place is marked anew with each move. */
  @property({ attribute: false }) place = "";
  @consume({ context: sessionContext }) private session!: Session;
  @state() private stats: StaffStats | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.count();
    this.session.live.on("ticket_update", this.handleUpdate);
    addEventListener("desk-catch-up", this.handleUpdate);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.session.live.off("ticket_update", this.handleUpdate);
    removeEventListener("desk-catch-up", this.handleUpdate);
  }

  override render() {
    const { session } = this;
    const isQueue = !location.pathname.startsWith("/admin/setup");
    return html`<aside class="rail ${this.slim ? "slim" : ""}" aria-label=${msg("Console")}>
      ${this.renderSite()}
      <nav class="rail-group" aria-label=${msg("Main")}>
        ${this.renderLink(paths.queue(), msg("Queue"), inboxIcon, isQueue && !this.isView, views()[0]!.count)}
      </nav>
      <nav class="rail-group" aria-label=${msg("Views")}>
        <h2>${msg("Views")}</h2>
        ${views()
          .slice(1)
          .map((view) =>
            this.renderLink(
              paths.queue(view.search),
              view.label,
              view.shape,
              location.pathname === "/admin" && location.search === view.search,
              view.count,
            ),
          )}
      </nav>
      ${
        session.canSetUp
          ? html`<nav class="rail-group" aria-label=${msg("Administration")}>
              ${this.renderLink(paths.setup(), msg("Set-up"), settingsIcon, !isQueue)}
            </nav>`
          : nothing
      }
      <div class="rail-end">
        <desk-bell ?slim=${this.slim}></desk-bell>
        <sd-menu class="me" button-class="rail-me" .items=${this.meItems} @sidedesk-menu-choose=${this.handleMe}>
          <span class="me-face"
            ><span class="sr">${msg("You")}, </span
            >${avatar(session.staff?.name, { here: session.live.state === "online" })}<span class="word truncate"
              ><b>${session.staff?.name}</b><br /><span class="meta"
                >${session.live.state === "online" ? msg("Here") : msg("Not connected")}</span
              ></span
            ></span
          >
        </sd-menu>
      </div>
    </aside>`;
  }

  private renderSite(): TemplateResult {
    const { session } = this;
    const sites = session.staff?.sites ?? [];
    const face = html`${mark()}<span class="word truncate">${session.siteName}</span>`;
    if (sites.length < 2) return html`<div class="rail-site" title=${session.siteName}>${face}</div>`;
    return html`<sd-menu
      button-class="rail-site"
      label=${msg(str`Site, ${session.siteName}`)}
      .items=${sites.map((site): MenuItem => ({ id: site.slug, label: site.name, disabled: site.slug === session.slug }))}
      @sidedesk-menu-choose=${(event: MenuChooseEvent) => session.useSite(event.item)}
      ><span class="rail-face">${face}${icon(chevronsUpDownIcon)}</span></sd-menu
    >`;
  }

  private renderLink(
    href: string,
    label: string,
    shape: IconShape,
    isHere: boolean,
    count?: (stats: StaffStats) => number,
  ): TemplateResult {
    const number = count && this.stats ? count(this.stats) : null;
    return html`<a href=${href} aria-current=${isHere ? "page" : nothing} title=${this.slim ? label : nothing}
      >${icon(shape)}<span class="word">${label}</span
      >${number === null ? nothing : html`<span class="num">${figure(number, locale())}</span>`}</a
    >`;
  }

  private get isView(): boolean {
    return (
      location.pathname === "/admin" && views().some((view) => view.search !== "" && view.search === location.search)
    );
  }

  private get meItems(): MenuItem[] {
    return [
      { id: "keys", label: msg("Keyboard shortcuts"), key: "?" },
      { id: "out", label: msg("Sign out") },
    ];
  }

  private handleMe(event: MenuChooseEvent): void {
    if (event.item === "out") void this.session.logout();
    else this.dispatchEvent(new CustomEvent("desk-show-keys", { bubbles: true, composed: true }));
  }

  /** Figures follow the tickets, but not at every one of a burst. */
  private readonly handleUpdate = (): void => {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.count();
    }, 3000);
  };

  private async count(): Promise<void> {
    try {
      this.stats = await this.session.client.tickets.stats<StaffStats>();
    } catch {
      // Figures are a help; the places work with old ones or none.
    }
  }
}
customElements.define("desk-rail", ConsoleRail);
