import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { ApiError, portalApi } from "@sidedesk/client";
import type { CustomerSession } from "@sidedesk/contract";
import { BaseElement } from "@sidedesk/ui/base-element";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { SlowController } from "@sidedesk/ui/controllers";
import { hostStyles } from "@sidedesk/ui/host.styles";
import { icon, mark } from "@sidedesk/ui/icon";
import { logOutIcon, settings2Icon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { spendOnce } from "@sidedesk/ui/spend-once";
import { banner, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { provideDesk } from "../session/context.ts";
import type { Desk } from "../session/desk.ts";
import { hearPush } from "../session/hear-push.ts";
import { currentLanguage, isRightToLeft } from "../session/locale.ts";
import { deskFor, setStandardDesk } from "../session/page-desk.ts";
import { failedView } from "../session/states.ts";
import { applyTheme } from "../session/theme.ts";
import type { DoorView } from "./door/door-words.ts";
import { loadPreferences } from "./load-desk.ts";
import { addressOf, isDoor, readAddress } from "./portal-address.ts";
import { portalStyles } from "./portal.styles.ts";

/**
 * @summary The customer portal: the same views on a page of their own, opened by a mailed link or an account.
 * @tag sidedesk-portal
 * @attr {string} site - Slug of the site.
 * @attr {string} site-key - The site's public key, for the form of visitors who are not signed in.
 */
export class SidedeskPortal extends BaseElement {
  static override styles = [hostStyles, buttons, people, surfaces, portalStyles];

  @property() site = "";
  @property({ attribute: "site-key" }) siteKey = "";

  @state() private view = "home";
  @state() private linkFailed = false;
  @state() private error: unknown = null;
  /** What a mailed link to the door brought; it lies nowhere else. */
  @state() private doorToken: string | null = null;
  /** Why the door's code did not come. */
  @state() private doorError: unknown = null;
  /** Where somebody was to go before they were asked to sign in. */
  #wanted = "home";
  private desk!: Desk;
  #slow = new SlowController(this, () => this.desk?.state === "starting");
  #stops: (() => void)[] = [];

  constructor() {
    super();
    updateWhenLocaleChanges(this);
    provideDesk(this, () => this.desk);
    this.addEventListener("sidedesk-navigate", (event) => this.#go(event.detail.view));
    this.addEventListener("sidedesk-ticket-select", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      this.#go(`ticket:${event.detail.id}`);
    });
    this.addEventListener("sidedesk-see-all", (event) => {
      event.preventDefault();
      this.#go("notifications");
    });
    this.addEventListener("sidedesk-dismiss", () => this.#go("home"));
    this.addEventListener("sidedesk-back", () => this.#go(this.view.startsWith("ticket:") ? "tickets" : "home"));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk = deskFor({ base: "", siteKey: this.siteKey, credentials: true });
    setStandardDesk(this.desk);
    const { options } = this.desk;
    if (!options.pushScope) {
      options.pushScope = `/portal/${this.site}`;
      options.pushWorker = ""; // the desk serves it where it is expected
      hearPush(this.desk, (view) => this.#go(view));
    }
    this.#stops = [
      this.desk.on("change", () => this.requestUpdate()),
      this.desk.on("error", (error) => {
        this.error = error;
      }),
    ];
    addEventListener("hashchange", this.#handleAddress);
    void this.desk.loadSite().then((site) => site && applyTheme(document.documentElement, site.theme));
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops.splice(0)) stop();
    removeEventListener("hashchange", this.#handleAddress);
  }

  protected override willUpdate(): void {
    this.lang = currentLanguage();
    this.dir = isRightToLeft() ? "rtl" : "ltr";
    document.documentElement.dir = this.dir;
    const name = this.desk.site?.name;
    if (name) document.title = msg(str`${name} help`);
  }

  override render() {
    const { state: signedIn, site } = this.desk;
    return html`<header class="portal-bar">
        <a class="portal-brand" href="#home"
          >${mark()}<span class="truncate">${site ? msg(str`${site.name} help`) : msg("Help")}</span></a
        >
        ${signedIn === "signed-in" ? this.#renderNavigation() : this.#renderWayIn()}
      </header>
      <main class="portal-main">${this.#renderMain()}</main>`;
  }

  #renderNavigation(): TemplateResult {
    const link = (view: string, word: string) =>
      html`<a href=${addressOf(view)} aria-current=${this.view === view ? "page" : nothing}>${word}</a>`;
    const name = this.desk.customer?.name ?? "";
    return html`<nav class="portal-nav" aria-label=${msg("Portal")}>
        ${link("home", msg("Home"))}${link("tickets", msg("Requests"))}${link("notifications", msg("Updates"))}${link("webhooks", msg("Webhooks"))}
      </nav>
      <sidedesk-bell></sidedesk-bell>
      <span class="portal-me">
        ${avatar(name)}<span class="name meta" dir="auto">${name}</span>
        <a
          class="icon-button"
          href="#settings"
          aria-label=${msg("Settings")}
          title=${msg("Settings")}
          aria-current=${this.view === "settings" ? "page" : nothing}
          >${icon(settings2Icon)}</a
        >
        <button
          class="icon-button"
          type="button"
          aria-label=${msg("Sign out")}
          title=${msg("Sign out")}
          @click=${this.#handleSignOut}
        >
          ${icon(logOutIcon)}
        </button>
      </span>`;
  }

  #renderWayIn(): TemplateResult | typeof nothing {
    if (this.desk.state === "starting" || this.view === "sign-in") return nothing;
    return html`<a class="button portal-way" href="#sign-in">${msg("Sign in")}</a>`;
  }

  #renderMain(): TemplateResult | typeof nothing {
    const { state: signedIn } = this.desk;
    if (isDoor(this.view) && this.#isDoorOpen(this.view)) return this.#renderDoor(this.view);
    if (signedIn === "starting") {
      if (this.error)
        return html`<div class="card">
          ${failedView(msg("We could not open the portal"), this.error, () => void this.#begin())}
        </div>`;
      return this.#slow.slow ? html`<div class="card">${skeletonRows(msg("Opening the portal"), 5)}</div>` : nothing;
    }
    if (signedIn !== "signed-in") return this.#renderGate();
    const { view } = this;
    if (view.startsWith("ticket:"))
      return html`<div class="sheet tall">
        <sidedesk-ticket framed class="card" .ticketId=${view.slice(7)}></sidedesk-ticket>
      </div>`;
    if (view === "tickets")
      return html`<div class="sheet tall"><sidedesk-tickets class="card"></sidedesk-tickets></div>`;
    if (view === "notifications")
      return html`<div class="sheet wide tall"><sidedesk-notifications class="card"></sidedesk-notifications></div>`;
    if (view === "webhooks") {
      void import("../webhooks/define.ts").catch((error: unknown) => (this.error = error));
      return html`<sidedesk-webhooks></sidedesk-webhooks>`;
    }
    if (view === "settings") {
      void loadPreferences();
      return html`<div class="sheet tall"><sidedesk-preferences class="card"></sidedesk-preferences></div>`;
    }
    if (view === "new") return html`<div class="sheet"><sidedesk-form framed class="card"></sidedesk-form></div>`;
    return html`<sidedesk-portal-home></sidedesk-portal-home>`;
  }

  /** Nobody is signed in: what to do, and the form that needs no account. */
  #renderGate(): TemplateResult {
    return html`<div class="gate sheet">
      ${this.linkFailed ? banner("warning", msg("This link has ended. Each mail we send you brings a new one.")) : nothing}
      <div>
        <h1>${msg("How can we help?")}</h1>
        <p class="hint">
          ${msg("Sign in, or open the link in one of our mails, to see your requests here. Or ask something new.")}
        </p>
      </div>
      <sidedesk-form class="card"></sidedesk-form>
    </div>`;
  }

  /** A mailed link is for whoever opens it, signed in here or not; to who is, its address alone says nothing, as after a reload. */
  #isDoorOpen(view: DoorView): boolean {
    if (this.doorToken) return true;
    return this.desk.state !== "starting" && (!this.desk.isSignedIn || view === "forgot" || view === "reset");
  }

  #renderDoor(view: DoorView): TemplateResult {
    if (this.doorError)
      return html`<div class="card">
        ${failedView(msg("We could not open the portal"), this.doorError, () => (this.doorError = null))}
      </div>`;
    void import("./door/door.ts").catch((error: unknown) => (this.doorError = error));
    return html`<sidedesk-portal-door
      .view=${view}
      .slug=${this.site}
      .token=${this.doorToken}
      .enter=${this.#enter}
      .leave=${() => this.desk.logout()}
    ></sidedesk-portal-door>`;
  }

  /** Somebody signed in at the door; from here on the cookie renews their session. */
  readonly #enter = async (session: CustomerSession): Promise<void> => {
    let first: CustomerSession | null = session;
    await this.desk.signIn(() => {
      const given = first;
      first = null;
      return given ? Promise.resolve(given) : this.#refresh();
    });
    if (this.view !== "verify") this.#go(this.#wanted);
  };

  #refresh(): Promise<CustomerSession | null> {
    return spendOnce(`sidedesk-portal-${this.site}`, () => portalApi(this.desk.http).refresh(this.site));
  }

  async #begin(): Promise<void> {
    const address = readAddress();
    const { view } = address;
    const token = isDoor(view) ? null : address.token;
    this.doorToken = isDoor(view) ? address.token : null;
    this.view = view;
    this.error = null;
    this.linkFailed = false;
    if (address.token) history.replaceState(history.state, "", addressOf(view)); // it opens a session once; it shall not lie about
    const api = portalApi(this.desk.http);
    let link = token;
    await this.desk.signIn(async () => {
      const given = link;
      link = null;
      if (given) {
        try {
          return await api.link(given);
        } catch (error) {
          if (!(error instanceof ApiError)) {
            link = given; // no answer: the same link is tried again
            throw error;
          }
          this.linkFailed = true;
        }
      }
      return this.#refresh();
    });
    if (this.desk.isSignedIn) this.linkFailed = false;
  }

  #go(view: string): void {
    const address = addressOf(view);
    if (location.hash === address) return;
    location.hash = address;
  }

  readonly #handleAddress = (): void => {
    const { view, token } = readAddress();
    if (token && !isDoor(view)) void this.#begin();
    else {
      if (isDoor(view) && !isDoor(this.view)) this.#wanted = this.view;
      this.doorToken = token;
      this.view = view;
      if (token) history.replaceState(history.state, "", addressOf(view));
    }
    scrollTo({ top: 0 });
  };

  #handleSignOut(): void {
    void portalApi(this.desk.http)
      .logout(this.site)
      .catch(() => undefined);
    this.desk.logout();
    this.view = "home";
    this.#wanted = "home";
  }
}
