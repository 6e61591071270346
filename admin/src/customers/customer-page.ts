import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import type { CustomerDetail, CustomerPatch, Ticket } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { exactTime, figure, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { arrowLeftIcon, circleAlertIcon, trash2Icon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { emptyArt, problemLine, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext, toastsContext } from "../shell/contexts.ts";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import type { Toasts } from "../shell/toasts.ts";
import { UnsavedForms } from "../shell/unsaved.ts";
import { problemWords, statusMark, statusWord } from "../shell/words.ts";
import { customerStyles } from "./customers.styles.ts";
import type { EraseDialog } from "./erase-dialog.ts";
import "./erase-dialog.ts";

/**
 * @summary One customer: who they are, what staff noted, what they asked; and, for owners and admins, the way to erase them.
 */
export class CustomerPage extends BaseElement {
  static override styles = [base, buttons, facts, fields, people, surfaces, dense, stage, customerStyles];

  @property({ attribute: false }) customerId = "";
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: toastsContext }) private toasts!: Toasts;
  @state() private customer: CustomerDetail | null = null;
  @state() private isMissing = false;
  @state() private isBusy = false;
  /** What is wrong, by the place where it is said: `load`, a field, or `form`. */
  @state() private problems: Record<string, string> = {};
  private readonly unsaved = new UnsavedForms(this);
  @query("desk-erase-dialog") private eraser!: EraseDialog;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("desk-catch-up", this.handleRetry);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("desk-catch-up", this.handleRetry);
  }

  protected override willUpdate(changed: PropertyValues): void {
    document.title = `${this.customer?.name ?? msg("Customer")} – Sidedesk`;
    if (!changed.has("customerId")) return;
    this.customer = null;
    void this.load();
  }

  private async load(): Promise<void> {
    const wanted = this.customerId;
    try {
      const customer = await this.session.client.customers.get(wanted);
      if (wanted !== this.customerId) return;
      this.customer = customer;
      this.problems = {};
    } catch (error) {
      if (wanted !== this.customerId) return;
      this.isMissing = error instanceof ApiError && error.status === 404;
      this.problems = { load: problemWords(error).words };
    }
  }

  override render() {
    return html`<main class="stage">
      <header class="stage-head">
        <a class="back" href=${paths.customers()}
          ><span class="flips">${icon(arrowLeftIcon)}</span>${msg("Customers")}</a
        >
      </header>
      <div class="stage-body" tabindex="0" role="region" aria-label=${msg("Customer")}>
        ${this.customer ? this.renderCustomer(this.customer) : this.renderNobody()}
      </div>
    </main>`;
  }

  private renderNobody(): TemplateResult {
    if (this.isMissing)
      return html`<div class="empty">
        ${emptyArt()}
        <h2>${msg("There is no such customer")}</h2>
        <p>${msg("Perhaps they were erased.")}</p>
      </div>`;
    if (this.problems["load"])
      return html`<div class="empty">
        ${emptyArt("broken")}
        <p>${this.problems["load"]}</p>
        <button class="button" type="button" @click=${this.handleRetry}>${msg("Try again")}</button>
      </div>`;
    return html`<div class="later">${skeletonRows(msg("Loading"), 6)}</div>`;
  }

  private renderCustomer(customer: CustomerDetail): TemplateResult {
    const { name, email, externalId, unsubscribed, createdAt, lastSeenAt, tickets } = customer;
    const time = (at: string) =>
      html`<time datetime=${at} title=${exactTime(at, locale())}>${timeAgo(at, locale())}</time>`;
    return html`<div class="who">
        ${avatar(name || email, { size: "l" })}
        <h1 dir="auto">${name}</h1>
        ${unsubscribed ? html`<span class="chip">${msg("Gets no mail")}</span>` : nothing}
      </div>
      <div class="cols">
        <section class="card" aria-labelledby="asked">
          <header class="card-head">
            <h2 id="asked">${msg("What they asked")}</h2>
            <span class="meta"
              >${msg(str`${figure(tickets.total, locale())} in all, ${figure(tickets.open, locale())} open`)}</span
            >
          </header>
          ${
            customer.recentTickets.length === 0
              ? html`<div class="pad"><p class="meta">${msg("Nothing yet.")}</p></div>`
              : html`<ul class="people-list">
                  ${customer.recentTickets.map((ticket) => this.renderTicket(ticket))}
                </ul>`
          }
          ${
            tickets.total > customer.recentTickets.length
              ? html`<div class="pad">
                  <a href=${paths.queue(`?status=all&q=${encodeURIComponent(email)}`)}
                    >${msg("All of their tickets")}</a
                  >
                </div>`
              : nothing
          }
        </section>
        <div class="side">
          ${this.renderForm(customer)}
          <dl class="facts">
            ${
              externalId
                ? html`<dt>${msg("Their id")}</dt>
                    <dd class="mono">${externalId}</dd>`
                : nothing
            }
            <dt>${msg("First seen")}</dt>
            <dd>${time(createdAt)}</dd>
            <dt>${msg("Last seen")}</dt>
            <dd>${time(lastSeenAt)}</dd>
          </dl>
          ${
            this.session.canSetUp
              ? html`<div>
                  <button class="button" type="button" @click=${() => this.eraser.show(customer)}>
                    ${icon(trash2Icon)}${msg("Erase…")}
                  </button>
                </div>`
              : nothing
          }
        </div>
      </div>
      <desk-erase-dialog></desk-erase-dialog>`;
  }

  private renderTicket({ number, subject, status, createdAt }: Ticket): TemplateResult {
    return html`<li>
      <a class="asked" href=${paths.ticket(number)}
        ><span title=${statusWord(status)}>${statusMark(status, statusWord(status))}</span
        ><span class="truncate" dir="auto">${subject}</span
        ><time class="meta" datetime=${createdAt} title=${exactTime(createdAt, locale())}
          >${timeAgo(createdAt, locale())}</time
        ></a
      >
    </li>`;
  }

  private renderForm({ name, email, notes }: CustomerDetail): TemplateResult {
    const isFixed = !this.session.canWrite;
    const line = (field: string) => problemLine(`${field}-problem`, this.problems[field]);
    const said = (field: string) => (this.problems[field] ? `${field}-problem` : nothing);
    return html`<form class="card pad" novalidate @submit=${this.handleSave}>
      <div class="field">
        <label for="name">${msg("Name")}</label
        ><input
          class="input"
          id="name"
          name="name"
          maxlength="200"
          dir="auto"
          .value=${name}
          ?disabled=${isFixed}
          aria-describedby=${said("name")}
        />
        ${line("name")}
      </div>
      <div class="field">
        <label for="email">${msg("Email")}</label
        ><input
          class="input"
          id="email"
          name="email"
          type="email"
          maxlength="254"
          .value=${email}
          ?disabled=${isFixed}
          aria-describedby=${said("email")}
        />
        ${line("email")}
      </div>
      <div class="field">
        <label for="notes">${msg("Notes, for staff only")}</label
        ><textarea
          class="input"
          id="notes"
          name="notes"
          maxlength="5000"
          dir="auto"
          .value=${notes}
          ?disabled=${isFixed}
          aria-describedby=${said("notes")}
        ></textarea>
        ${line("notes")}
      </div>
      <p class="problem" role="alert" ?hidden=${!this.problems["form"]}>
        ${this.problems["form"] ? html`${icon(circleAlertIcon)}<span>${this.problems["form"]}</span>` : nothing}
      </p>
      ${
        isFixed
          ? nothing
          : html`<div>
              <button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
                ${msg("Save")}
              </button>
            </div>`
      }
    </form>`;
  }

  private readonly handleRetry = (): void => void this.load();

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy || !this.customer) return;
    const text = (field: string) => textOf(event.target, field).trim();
    const patch: CustomerPatch = { name: text("name"), email: text("email"), notes: text("notes") };
    this.isBusy = true;
    this.problems = {};
    const saved = this.unsaved.begin();
    try {
      this.customer = await this.session.client.customers.update(this.customer.id, patch);
      saved();
      this.toasts.show(msg("Saved."));
    } catch (error) {
      this.problems = problemsOf(error);
    } finally {
      this.isBusy = false;
    }
  };
}

/** What the desk found, at the field where it belongs. */
function problemsOf(error: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { path, message } of error instanceof ApiError ? (error.problem.errors ?? []) : [])
    if (["name", "email", "notes"].includes(path))
      found[path] =
        path === "email" && error instanceof ApiError && error.status === 409
          ? msg("Another customer has this address.")
          : message;
  return Object.keys(found).length > 0 ? found : { form: problemWords(error).words };
}
customElements.define("desk-customer", CustomerPage);
