import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { people } from "@sidedesk/ui/people.styles";
import { icon, mark, type IconShape } from "@sidedesk/ui/icon";
import {
  activityIcon,
  bookmarkIcon,
  chartColumnIcon,
  chevronsUpDownIcon,
  inboxIcon,
  settingsIcon,
  userIcon,
  usersIcon,
} from "@sidedesk/ui/icons";
import { figure } from "@sidedesk/ui/format";
import type { MenuChooseEvent, MenuItem } from "@sidedesk/ui/menu";
import "@sidedesk/ui/menu";
import { avatar } from "@sidedesk/ui/people";
import { go, paths } from "../router.ts";
import { dense } from "./console.styles.ts";
import { directoryContext, sessionContext, toastsContext, viewsContext } from "./contexts.ts";
import type { Directory } from "./directory.ts";
import { locale } from "./localization.ts";
import { railStyles } from "./rail.styles.ts";
import type { Session } from "./session.ts";
import { Watch } from "./store.ts";
import type { Toasts } from "./toasts.ts";
import { whenFree } from "./unsaved.ts";
import { countWords, type Views } from "./views.ts";
import { problemWords } from "./words.ts";
import "./bell.ts";

/**
 * @summary The navigation at the side: site, places, views and who is signed in. Slim beside a ticket.
 */
export class ConsoleRail extends BaseElement {
  static override styles = [base, buttons, facts, people, dense, railStyles];

  @property({ type: Boolean, reflect: true }) slim = false;
  /** The present address, so that the current place is marked anew with each move. */
  @property({ attribute: false }) place = "";
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: viewsContext }) private views!: Views;
  @consume({ context: directoryContext }) private directory!: Directory;
  @consume({ context: toastsContext }) private toasts!: Toasts;

  constructor() {
    super();
    new Watch(this, () => this.session);
    new Watch(this, () => this.views);
    new Watch(this, () => this.directory);
  }

  override render() {
    const { session } = this;
    const [all, ...standing] = this.views.standing();
    const isReports = location.pathname.startsWith("/admin/reports");
    const isSetup = location.pathname.startsWith("/admin/setup");
    const isCustomers = location.pathname.startsWith("/admin/customers");
    const isOperations = location.pathname.startsWith("/admin/operations");
    const isSettings = location.pathname === paths.settings();
    const isQueue = !isSetup && !isReports && !isCustomers && !isOperations && !isSettings;
    return html`<aside class="rail ${this.slim ? "slim" : ""}" aria-label=${msg("Console")}>
      ${this.renderSite()}
      <nav class="rail-group" aria-label=${msg("Main")}>
        ${this.renderLink(paths.queue(), msg("Queue"), inboxIcon, isQueue && !this.isView, plain(all!.count))}
        ${this.renderLink(paths.customers(), msg("Customers"), userIcon, isCustomers)}
        ${this.renderLink(paths.reports(), msg("Reports"), chartColumnIcon, isReports)}
      </nav>
      <nav class="rail-group" aria-label=${msg("Views")}>
        <h2>${msg("Views")}</h2>
        ${standing.map(({ search, label, shape, count }) => this.renderView(search, label, shape, plain(count)))}
        ${this.views.all.map((view) => this.renderView(this.views.searchOf(view), view.name, view.shared ? usersIcon : bookmarkIcon, countWords(view.count)))}
      </nav>
      ${
        session.canSetUp
          ? html`<nav class="rail-group" aria-label=${msg("Administration")}>
              ${this.renderLink(paths.operations(), msg("Operations"), activityIcon, isOperations)}
              ${this.renderLink(paths.setup(), msg("Set-up"), settingsIcon, isSetup)}
            </nav>`
          : nothing
      }
      <div class="rail-end">
        <desk-bell ?slim=${this.slim}></desk-bell>
        <sd-menu class="me" button-class="rail-me" .items=${this.meItems} @sidedesk-menu-choose=${this.handleMe}>
          <span class="me-face ${session.live.state === "online" ? "me-here" : ""}"
            ><span class="sr">${msg("You")}, </span>${avatar(session.staff?.name)}<span class="word truncate"
              ><b>${session.staff?.name}</b><br /><span class="meta">${this.presenceWord()}</span></span
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
      @sidedesk-menu-choose=${(event: MenuChooseEvent) => whenFree(() => session.useSite(event.item))}
      ><span class="rail-face">${face}${icon(chevronsUpDownIcon)}</span></sd-menu
    >`;
  }

  private renderView(search: string, label: string, shape: IconShape, count: string | null): TemplateResult {
    const isHere = location.pathname === "/admin" && location.search === search;
    return this.renderLink(paths.queue(search), label, shape, isHere, count);
  }

  private renderLink(
    href: string,
    label: string,
    shape: IconShape,
    isHere: boolean,
    count: string | null = null,
  ): TemplateResult {
    return html`<a href=${href} aria-current=${isHere ? "page" : nothing} title=${this.slim ? label : nothing}
      >${icon(shape)}<span class="word truncate">${label}</span
      >${count === null ? nothing : html`<span class="num">${count}</span>`}</a
    >`;
  }

  private get isView(): boolean {
    const { search } = location;
    return (
      location.pathname === "/admin" &&
      search !== "" &&
      (this.views.standing().some((view) => view.search === search) ||
        this.views.all.some((view) => this.views.searchOf(view) === search))
    );
  }

  private get meItems(): MenuItem[] {
    const isAway = this.directory.isAway(this.session.staff?.id ?? "");
    return [
      { id: "away", label: isAway ? msg("I am back") : msg("I am away") },
      { id: "settings", label: msg("Your notifications") },
      { id: "keys", label: msg("Keyboard shortcuts"), key: "?" },
      { id: "out", label: msg("Sign out") },
    ];
  }

  private presenceWord(): string {
    if (this.session.live.state !== "online") return msg("Not connected");
    return this.directory.isAway(this.session.staff?.id ?? "") ? msg("Away") : msg("Here");
  }

  /** Whoever is away is passed over when a team takes turns. */
  private async switchAway(): Promise<void> {
    const { staff, client } = this.session;
    if (!staff) return;
    const away = !this.directory.isAway(staff.id);
    try {
      await client.staff.update(staff.id, { away });
      await this.directory.load();
      this.toasts.show(away ? msg("You are away: no ticket comes to you in turn.") : msg("You are back."));
    } catch (error) {
      this.toasts.show(problemWords(error).words, { isProblem: true });
    }
  }

  private handleMe(event: MenuChooseEvent): void {
    if (event.item === "away") void this.switchAway();
    else if (event.item === "settings") go(paths.settings());
    else if (event.item === "out") whenFree(() => void this.session.logout());
    else this.dispatchEvent(new CustomEvent("desk-show-keys", { bubbles: true, composed: true }));
  }
}

const plain = (count: number | null): string | null => (count === null ? null : figure(count, locale()));
customElements.define("desk-rail", ConsoleRail);
