import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { HistoryEntry } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { timeNow } from "@sidedesk/ui/clock";
import { TickController } from "@sidedesk/ui/controllers";
import { icon } from "@sidedesk/ui/icon";
import { mergeIcon } from "@sidedesk/ui/icons";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { sessionContext, toastsContext } from "../shell/contexts.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import type { Toasts } from "../shell/toasts.ts";
import { problemWords } from "../shell/words.ts";
import { wordIn } from "./history-words.ts";
import type { TicketStore } from "./ticket-store.ts";

const undoMs = 3_600_000;

/** The merges into a ticket that still hold, the last one first. */
export function mergesOf(history: readonly HistoryEntry[]): HistoryEntry[] {
  const held = new Map<string, HistoryEntry>();
  for (const entry of history) {
    if (entry.type === "ticket.merged" && wordIn(entry.after, "merged")) held.set(wordIn(entry.after, "merged"), entry);
    if (entry.type === "ticket.unmerged") held.delete(wordIn(entry.before, "merged"));
  }
  return [...held.values()].reverse();
}

/**
 * @summary Says which ticket was merged into this one: for as long as it can be undone, and to whoever came by its number.
 */
export class MergedNote extends BaseElement {
  static override styles = [
    base,
    surfaces,
    dense,
    css`
      .banner {
        align-items: center;
        padding-inline: var(--sd-5);
      }
    `,
  ];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: toastsContext }) private toasts!: Toasts;
  @state() private isBusy = false;

  constructor() {
    super();
    new Watch(this, () => this.store);
    new TickController(this);
  }

  override render(): TemplateResult | typeof nothing {
    const { ticket, ref, history } = this.store;
    if (!ticket) return nothing;
    const [last] = mergesOf(history);
    if (!last) return nothing;
    const isUndoable = Date.parse(last.createdAt) + undoMs > timeNow();
    const cameByOther = ref !== ticket.id && ref.toUpperCase() !== ticket.number;
    if (!isUndoable && !cameByOther) return nothing;
    const number = wordIn(last.after, "number");
    const who = last.actor.name || msg("Somebody");
    return html`<div class="banner" data-tone="info" role="status">
      ${icon(mergeIcon)}<span>${msg(str`${who} merged ${number} into this ticket.`)}</span>${
        isUndoable && this.session.canWrite
          ? html`<span class="push"
              ><button type="button" ?disabled=${this.isBusy} @click=${() => this.undo(last)}>
                ${msg("Undo")}
              </button></span
            >`
          : nothing
      }
    </div>`;
  }

  private async undo(entry: HistoryEntry): Promise<void> {
    this.isBusy = true;
    try {
      const { number } = await this.session.client.bulk.unmerge(wordIn(entry.after, "merged"));
      this.toasts.show(msg(str`${number} stands for itself again.`), {
        action: { label: msg("Open it"), run: () => go(paths.ticket(number)) },
      });
      await this.store.reload();
    } catch (error) {
      this.toasts.show(problemWords(error).words, { isProblem: true });
    }
    this.isBusy = false;
  }
}
customElements.define("desk-merged-note", MergedNote);
