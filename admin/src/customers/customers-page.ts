import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import type { CustomerProfile, CustomerSort } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon, circleAlertIcon, searchIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { go, paths } from "../router.ts";
import { dense, stage } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { problemText } from "../shell/words.ts";
import { customerStyles } from "./customers.styles.ts";

const typingMs = 250;
const pageSize = 50;

/**
 * @summary The people who ask, found as one types. What is looked for stands in the address.
 */
export class CustomersPage extends BaseElement {
  static override styles = [base, buttons, fields, people, surfaces, dense, stage, customerStyles];

  /** The address's query. */
  @property({ attribute: false }) search = "";
  @consume({ context: sessionContext }) private session!: Session;
  @state() private found: CustomerProfile[] | null = null;
  @state() private problem = "";
  @state() private isLoading = false;
  @query("#q") private field!: HTMLInputElement;
  private cursor: string | null = null;
  #latest = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;

  private get q(): string {
    return new URLSearchParams(this.search).get("q") ?? "";
  }
  private get sort(): CustomerSort {
    const given = new URLSearchParams(this.search).get("sort");
    return given === "name" || given === "createdAt" ? given : "-createdAt";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("desk-catch-up", this.handleRetry);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
    removeEventListener("desk-catch-up", this.handleRetry);
  }

  protected override willUpdate(changed: PropertyValues): void {
    document.title = msg("Customers – Sidedesk");
    if (changed.has("search")) void this.load();
  }

  private async load(more = false): Promise<void> {
    const turn = (this.#latest += 1);
    this.isLoading = true;
    try {
      const { data, nextCursor } = await this.session.client.customers.list({
        q: this.q.trim() || undefined,
        sort: this.sort,
        limit: pageSize,
        ...(more ? { cursor: this.cursor } : {}),
      });
      if (turn !== this.#latest) return;
      const known = new Set((more ? this.found : null)?.map(({ id }) => id));
      this.found = more ? [...(this.found ?? []), ...data.filter(({ id }) => !known.has(id))] : data;
      this.cursor = nextCursor;
      this.problem = "";
    } catch (error) {
      if (turn === this.#latest) this.problem = problemText(error);
    } finally {
      if (turn === this.#latest) this.isLoading = false;
    }
  }

  override render() {
    return html`<main class="stage">
      <header class="stage-head">
        <h1>${msg("Customers")}</h1>
        <div class="searchbox">
          ${icon(searchIcon)}<input
            class="input"
            id="q"
            type="search"
            maxlength="200"
            dir="auto"
            autocomplete="off"
            aria-label=${msg("Search customers")}
            placeholder=${msg("Name, address or your own id")}
            .value=${this.q}
            @input=${this.handleInput}
          />
        </div>
        <div class="select">
          <select class="input" aria-label=${msg("Sort")} @change=${this.handleSort}>
            ${this.sorts.map(([value, words]) => html`<option value=${value} ?selected=${value === this.sort}>${words}</option>`)}</select
          >${icon(chevronDownIcon)}
        </div>
      </header>
      <div class="stage-body" tabindex="0" role="region" aria-label=${msg("Customers")} aria-busy=${this.isLoading}>
        ${this.renderProblem()}
        ${this.found ? this.renderFound(this.found) : this.problem ? nothing : html`<div class="later">${skeletonRows(msg("Loading"), 6)}</div>`}
      </div>
    </main>`;
  }

  private get sorts(): [CustomerSort, string][] {
    return [
      ["-createdAt", msg("Newest first")],
      ["createdAt", msg("Oldest first")],
      ["name", msg("By name")],
    ];
  }

  private renderProblem(): TemplateResult | typeof nothing {
    if (!this.problem) return nothing;
    return html`<p class="problem" role="alert">
      ${icon(circleAlertIcon)}<span>${this.problem}</span>
      <button class="button button-s" type="button" @click=${this.handleRetry}>${msg("Try again")}</button>
    </p>`;
  }

  private renderFound(found: readonly CustomerProfile[]): TemplateResult {
    if (found.length === 0)
      return this.q
        ? html`<div class="empty">
            ${emptyArt()}
            <h2>${msg("Nobody is found")}</h2>
            <button class="button" type="button" @click=${this.handleClear}>${msg("Clear the search")}</button>
          </div>`
        : html`<div class="empty">
            ${emptyArt()}
            <h2>${msg("No customers yet")}</h2>
            <p>${msg("Whoever signs in at your page or asks you something is listed here.")}</p>
          </div>`;
    return html`<ul class="people-list card" aria-label=${msg("Customers")}>
        ${found.map((one) => this.renderPerson(one))}
      </ul>
      ${
        this.cursor
          ? html`<div>
              <button class="button" type="button" ?disabled=${this.isLoading} @click=${() => this.load(true)}>
                ${msg("Show more")}
              </button>
            </div>`
          : nothing
      }`;
  }

  private renderPerson({ id, name, email, externalId, lastSeenAt }: CustomerProfile): TemplateResult {
    return html`<li>
      <a class="person" href=${paths.customer(id)}
        >${avatar(name || email)}<b class="truncate" dir="auto">${name}</b
        ><span class="truncate mail" dir="ltr">${email}</span
        ><span class="truncate meta from-host">${externalId ?? ""}</span
        ><time class="meta" datetime=${lastSeenAt} title=${exactTime(lastSeenAt, locale())}
          >${timeAgo(lastSeenAt, locale())}</time
        ></a
      >
    </li>`;
  }

  private goTo(change: Record<string, string>): void {
    const params = new URLSearchParams(this.search);
    for (const [name, value] of Object.entries(change)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    const text = params.toString();
    go(paths.customers(text && `?${text}`), { replace: true });
  }

  private readonly handleInput = (): void => {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.goTo({ q: this.field.value.trim() }), typingMs);
  };
  private readonly handleSort = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.goTo({ sort: value === "-createdAt" ? "" : value });
  };
  private readonly handleClear = (): void => {
    this.field.value = "";
    this.goTo({ q: "" });
    this.field.focus();
  };
  private readonly handleRetry = (): void => void this.load();
}
customElements.define("desk-customers", CustomersPage);
