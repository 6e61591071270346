import { msg, str, updateWhenLocaleChanges } from "@lit/localize";
import { ticketsApi } from "@sidedesk/client";
import type { Category, HistoryEntry, Ticket, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { xIcon } from "@sidedesk/ui/icons";
import { css, html, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import type { Desk } from "../session/desk.ts";
import { formatLocale } from "../session/locale.ts";
import { errorWords, priorityWord, statusWord } from "../session/words.ts";

/** What an entry says happened, in the words that customers read; nothing for what they need not know. */
function whatOf({ type, after }: HistoryEntry, categories: readonly Category[]): string {
  if (type === "ticket.created") return msg("Sent");
  if (type === "comment.created") return msg("A message");
  const { status, priority, category, assigneeName, score } = (after ?? {}) as Change;
  if (status) return statusWord(status);
  if (priority) return `${msg("How urgent?")} ${priorityWord(priority)}`;
  if (category) return `${msg("Topic")}: ${categories.find(({ key }) => key === category)?.label ?? category}`;
  if (assigneeName) return msg(str`Given to ${assigneeName}`);
  return score ? msg(str`Rated ${score} of 5`) : "";
}
interface Change {
  status?: TicketStatus;
  priority?: TicketPriority;
  category?: string;
  assigneeName?: string | null;
  score?: number;
}

const styles = css`
  :host {
    display: block;
    max-block-size: 240px;
    overflow: auto;
    border-block-start: 1px solid var(--sd-border);
    padding: var(--sd-1) var(--sd-4) var(--sd-2);
    font: 400 var(--sd-type-dense);
  }
  .head,
  li {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
  }
  h2 {
    flex: 1;
    font: 600 var(--sd-type-dense);
  }
  li {
    align-items: baseline;
    padding-block: 3px;
  }
  li span {
    flex: 1;
    overflow-wrap: anywhere;
  }
  time {
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
  }
`;

/** Who did what on a request, the newest first. Part of `<sidedesk-ticket>`. */
export class SidedeskHistory extends BaseElement {
  static override styles = [base, buttons, styles];

  @property({ attribute: false }) ticket!: Ticket;
  @property({ attribute: false }) desk!: Desk;
  @state() private entries: HistoryEntry[] | null = null;
  @state() private problem = "";

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("ticket");
    if (changed.has("ticket") && (before?.id !== this.ticket.id || before.version !== this.ticket.version))
      void this.#load();
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector("button")?.focus();
  }

  override render() {
    const own = this.desk.customer?.id;
    return html`<div class="head">
        <h2>${msg("History")}</h2>
        <button
          class="icon-button icon-button-s"
          type="button"
          aria-label=${msg("Close the history")}
          @click=${() => this.dispatchEvent(new Event("sidedesk-history-close"))}
        >
          ${icon(xIcon)}
        </button>
      </div>
      <p role="status">${this.problem || (this.entries ? nothing : msg("Loading"))}</p>
      <ol>
        ${this.entries?.map((entry) => {
          const what = whatOf(entry, this.desk.site?.categories ?? []);
          if (!what) return nothing;
          const { id, name } = entry.actor;
          const at = entry.createdAt;
          return html`<li>
            <span
              ><b><bdi>${id === own ? msg("You") : name}</bdi></b
              >: ${what}</span
            ><time datetime=${at} title=${exactTime(at, formatLocale())}>${timeAgo(at, formatLocale())}</time>
          </li>`;
        })}
      </ol>`;
  }

  async #load(): Promise<void> {
    const { id } = this.ticket;
    const all: HistoryEntry[] = [];
    try {
      let cursor: string | null = null;
      do {
        const { data, nextCursor } = await ticketsApi(this.desk.http).history(id, { limit: 100, cursor });
        all.push(...data);
        cursor = nextCursor;
      } while (cursor);
      if (id !== this.ticket.id) return;
      this.entries = all.reverse();
      this.problem = "";
    } catch (error) {
      this.problem = errorWords(error);
    }
  }
}
