import { provide } from "@lit/context";
import { msg } from "@lit/localize";
import type { Router } from "@lit-labs/router";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { BaseElement } from "@sidedesk/ui";
import { OnlineController } from "@sidedesk/ui/controllers";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { banner, emptyArt } from "@sidedesk/ui/surfaces";
import { go, nextAfterLogin, paths, startRouter } from "../router.ts";
import { appStyles } from "./app.styles.ts";
import { CatchUp } from "./catch-up.ts";
import { dense } from "./console.styles.ts";
import {
  directoryContext,
  noticesContext,
  sessionContext,
  ticketListContext,
  toastsContext,
  viewsContext,
} from "./contexts.ts";
import { Directory } from "./directory.ts";
import { Notices } from "./notices.ts";
import { followPerson, hearPush } from "./push.ts";
import { Session } from "./session.ts";
import { Shortcuts } from "./shortcuts.ts";
import { Watch } from "./store.ts";
import { TicketList } from "./ticket-list.ts";
import { Toasts } from "./toasts.ts";
import { guardExits } from "./unsaved.ts";
import { Views } from "./views.ts";
import type { KeysDialog } from "./keys-dialog.ts";
import type { LeaveDialog } from "./leave-dialog.ts";
import "./deck.ts";
import "./keys-dialog.ts";
import "./leave-dialog.ts";
import "./not-found.ts";
import "./rail.ts";
import "./set-password.ts";
import "./sign-in.ts";
import "./toast-stack.ts";

const open = /^\/admin\/(login|password)\/?$/;

/**
 * @summary The console: who is signed in, the frame, and the page of the address.
 */
export class ConsoleApp extends BaseElement {
  static override styles = [base, buttons, surfaces, dense, appStyles];

  @provide({ context: sessionContext }) session = new Session();
  @provide({ context: directoryContext }) directory = new Directory(this.session);
  @provide({ context: ticketListContext }) tickets = new TicketList(this.session);
  @provide({ context: noticesContext }) notices = new Notices(this.session);
  @provide({ context: toastsContext }) toasts = new Toasts();
  @provide({ context: viewsContext }) views = new Views(this.session);

  @state() private pageProblem: unknown = null;
  private readonly router: Router = startRouter(this, (error) => (this.pageProblem = error));
  private slug: string | null = null;
  private endGuard = (): void => {};
  @query("desk-leave") private leaveDialog!: LeaveDialog | null;
  private readonly catchUp = new CatchUp(this.session, this.tickets, this.notices, this.views);

  constructor() {
    super();
    new OnlineController(this);
    new Watch(this, () => this.session);
    new Shortcuts(this, () =>
      this.isFramed
        ? {
            "?": () => this.showKeys(),
            gq: () => go(paths.queue()),
            gc: () => go(paths.customers()),
            gr: () => go(paths.reports()),
            gs: this.session.canSetUp ? () => go(paths.setup()) : undefined,
          }
        : {},
    );
    this.addEventListener("desk-show-keys", () => this.showKeys());
    hearPush(this.session);
  }

  override connectedCallback(): void {
    this.endGuard = guardExits({ ask: (leave) => this.leaveDialog?.ask(leave), go });
    super.connectedCallback();
    this.catchUp.start();
    void this.session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.catchUp.stop();
    this.endGuard();
  }

  private get isFramed(): boolean {
    return this.session.state === "in" && !open.test(location.pathname);
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const { state, slug } = this.session;
    const here = location.pathname + location.search;
    if (state === "out" && !open.test(location.pathname))
      queueMicrotask(() => go(paths.login(here), { replace: true }));
    if (state === "in" && /^\/admin\/login/.test(location.pathname)) {
      const next = nextAfterLogin(location.search);
      queueMicrotask(() => go(next, { replace: true }));
    }
    const now = state === "in" ? slug : null;
    if (now === this.slug) return;
    this.slug = now;
    this.tickets.forget();
    this.notices.forget();
    this.views.forget();
    if (!now) return;
    void this.directory.load();
    void this.notices.load();
    void this.views.load();
    void followPerson(this.session);
  }

  override render() {
    const { state } = this.session;
    if (open.test(location.pathname)) return this.router.outlet() ?? nothing;
    if (state === "unreachable") return this.renderUnreachable();
    if (state !== "in")
      return html`<div class="wait later" role="status" aria-label=${msg("Loading")}><span class="spin"></span></div>`;
    const isTicket = location.pathname.startsWith("/admin/tickets/");
    const here = location.pathname + location.search;
    return html`<div class="console ${isTicket ? "rail-slim" : ""}">
        ${keyed(this.slug, html`<desk-rail ?slim=${isTicket} .place=${here}></desk-rail>`)}
        <div class="middle">
          ${this.renderBanner()}${keyed(this.slug, this.pageProblem ? this.renderPageProblem() : this.router.outlet())}
        </div>
        <desk-deck ?hidden=${isTicket} .place=${here}></desk-deck>
      </div>
      <desk-toasts class=${isTicket ? "above-composer" : ""}></desk-toasts>
      <desk-keys></desk-keys><desk-leave></desk-leave>`;
  }

  private renderBanner(): TemplateResult | typeof nothing {
    const { live } = this.session;
    if (!navigator.onLine)
      return banner(
        "warning",
        msg("You are offline. What you write is kept; it is sent when you are back and press Send."),
      );
    if (live.state === "failed")
      return banner(
        "error",
        html`${msg("No live connection. What you see may be old.")}
          <button type="button" @click=${() => live.reconnect()}>${msg("Reconnect")}</button>`,
      );
    return nothing;
  }

  private renderUnreachable(): TemplateResult {
    return html`<main class="wait">
      <div class="empty">
        ${emptyArt("broken")}
        <h1>${msg("The desk cannot be reached")}</h1>
        <p>${msg("You are still signed in. Check the connection, then try again.")}</p>
        <button class="button button-primary" type="button" @click=${() => this.session.start()}>
          ${msg("Try again")}
        </button>
      </div>
    </main>`;
  }

  private renderPageProblem(): TemplateResult {
    return html`<main class="wait">
      <div class="empty">
        ${emptyArt("broken")}
        <h1>${msg("This page could not be loaded")}</h1>
        <p>${msg("The connection was lost, or a newer version is there. Drafts are kept.")}</p>
        <button class="button button-primary" type="button" @click=${() => location.reload()}>${msg("Reload")}</button>
      </div>
    </main>`;
  }

  private showKeys(): void {
    this.renderRoot.querySelector<KeysDialog>("desk-keys")?.show();
  }
}
customElements.define("sidedesk-console", ConsoleApp);
