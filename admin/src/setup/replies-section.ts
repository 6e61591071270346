import { msg, str } from "@lit/localize";
import type { Reply } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon, pencilIcon, plusIcon, trash2Icon, userIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { locale } from "../shell/localization.ts";
import { repliesStyles } from "./replies-section.styles.ts";
import type { ReplyLeftEvent } from "./reply-editor.ts";
import "./reply-editor.ts";
import { SetupSection } from "./section.ts";

const waitMs = 200;

/**
 * @summary Canned replies: all that the site has and one's own, to look through, write, change and delete.
 */
export class RepliesSection extends SetupSection {
  static override styles = [...SetupSection.styles, repliesStyles];

  @state() private replies: readonly Reply[] = [];
  @state() private more: string | null = null;
  @state() private words = "";
  @state() private category = "";
  /** The one that is being changed; null for a new one; undefined while none is. */
  @state() private edited: Reply | null | undefined;
  @state() private leaving: Reply | null = null;
  @query("dialog") private dialog!: HTMLDialogElement;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private known = new Set<string>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected async fetch(): Promise<void> {
    const page = await this.session.client.replies.list(this.asked());
    this.replies = page.data;
    this.more = page.nextCursor;
    for (const { category } of page.data) if (category) this.known.add(category);
  }

  private asked() {
    const words = this.words.trim();
    return { limit: 50, ...(words ? { q: words } : {}), ...(this.category ? { category: this.category } : {}) };
  }

  protected renderLoaded() {
    if (this.edited !== undefined)
      return html`<desk-reply-editor
        .reply=${this.edited}
        .categories=${[...this.known]}
        @desk-reply-left=${this.handleLeft}
      ></desk-reply-editor>`;
    const isNarrowed = this.words.trim() !== "" || this.category !== "";
    return html`<section>
        <h2 id="replies-head">${msg("Canned replies")}</h2>
        <p class="meta">${msg("What is written often, ready to be put into an answer by typing / in it.")}</p>
        <div class="tools">
          <input
            class="input"
            type="search"
            maxlength="100"
            dir="auto"
            aria-label=${msg("Find a reply")}
            placeholder=${msg("Find a reply")}
            .value=${this.words}
            @input=${this.handleSearch}
          />
          ${
            this.known.size
              ? html`<div class="select">
                  <select class="input" aria-label=${msg("Category")} @change=${this.handleCategory}>
                    <option value="">${msg("All categories")}</option>
                    ${[...this.known]
                      .sort()
                      .map((one) => html`<option value=${one} ?selected=${one === this.category}>${one}</option>`)}
                  </select>
                  ${icon(chevronDownIcon)}
                </div>`
              : nothing
          }
          ${
            this.session.canWrite
              ? html`<button
                  class="button button-primary"
                  type="button"
                  data-edit="new"
                  @click=${() => this.edit(null)}
                >
                  ${icon(plusIcon)}${msg("New reply")}
                </button>`
              : nothing
          }
        </div>
        ${this.renderProblem("list")}
        ${
          this.replies.length
            ? html`<ul class="card" aria-labelledby="replies-head">
                ${this.replies.map((reply) => this.renderReply(reply))}
              </ul>`
            : isNarrowed
              ? html`<div class="empty">
                  <p>${msg("No reply fits.")}</p>
                  <button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>
                </div>`
              : html`<div class="empty">
                  ${emptyArt()}
                  <h2>${msg("No canned replies yet")}</h2>
                  <p>${msg("Keep what you write often, with the customer's name filled in by itself.")}</p>
                </div>`
        }
        ${
          this.more
            ? html`<div>
                <button class="button" type="button" @click=${this.handleMore}>${msg("Show more")}</button>
              </div>`
            : nothing
        }
      </section>
      ${this.renderDialog()}`;
  }

  private renderReply(reply: Reply): TemplateResult {
    const uses = figure(reply.usageCount, locale());
    return html`<li class="row-line">
      <span class="grow"
        ><span class="truncate"
          ><b>${reply.title}</b
          >${reply.shortcut ? html` <kbd class="kbd" dir="ltr">/${reply.shortcut.replace(/^\//, "")}</kbd>` : nothing}</span
        ><span class="meta truncate" dir="auto">${reply.body.slice(0, 160)}</span></span
      >
      ${reply.personal ? html`<span class="chip">${icon(userIcon)}${msg("Only for me")}</span>` : nothing}
      ${reply.category ? html`<span class="chip">${reply.category}</span>` : nothing}
      <span class="meta num" title=${msg("Times used")}>${msg(str`used ${uses}`)}</span>
      ${
        this.session.canWrite
          ? html`<button
                class="icon-button"
                type="button"
                data-edit=${reply.id}
                aria-label="${msg("Change")} ${reply.title}"
                @click=${() => this.edit(reply)}
              >
                ${icon(pencilIcon)}</button
              ><button
                class="icon-button"
                type="button"
                aria-label="${msg("Delete")} ${reply.title}"
                @click=${() => this.ask(reply)}
              >
                ${icon(trash2Icon)}
              </button>`
          : nothing
      }
    </li>`;
  }

  private renderDialog(): TemplateResult {
    const title = this.leaving?.title ?? "";
    return html`<dialog class="menu" aria-labelledby="ask" @close=${() => (this.leaving = null)}>
      <form method="dialog" @submit=${this.handleRemove}>
        <h2 id="ask">${msg(str`Delete “${title}”?`)}</h2>
        <p>${this.leaving?.personal ? msg("It is gone for good.") : msg("It is gone for everybody, for good.")}</p>
        <div class="line">
          <button class="button button-danger" type="submit">${msg("Delete reply")}</button
          ><button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Keep it")}</button>
        </div>
      </form>
    </dialog>`;
  }

  private edit(reply: Reply | null): void {
    this.problems = {};
    this.edited = reply;
  }

  private async ask(reply: Reply): Promise<void> {
    this.leaving = reply;
    await this.updateComplete;
    this.dialog.showModal();
  }

  private readonly handleSearch = (event: Event): void => {
    this.words = (event.target as HTMLInputElement).value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.try("list", () => this.fetch()), waitMs);
  };

  private readonly handleCategory = (event: Event): void => {
    this.category = (event.target as HTMLSelectElement).value;
    void this.try("list", () => this.fetch());
  };

  private readonly handleClear = (): void => {
    this.words = this.category = "";
    void this.try("list", () => this.fetch());
  };

  private readonly handleMore = (): Promise<boolean> =>
    this.try("list", async () => {
      const page = await this.session.client.replies.list({ ...this.asked(), cursor: this.more });
      this.replies = [...this.replies, ...page.data];
      this.more = page.nextCursor;
    });

  private readonly handleLeft = ({ isSaved }: ReplyLeftEvent): void => {
    const from = this.edited?.id ?? "new";
    this.edited = undefined;
    void this.focusOn(`[data-edit="${from}"]`);
    if (!isSaved) return;
    this.toasts.show(msg("Saved."));
    void this.try("list", () => this.fetch());
  };

  private readonly handleRemove = async (): Promise<void> => {
    const { id } = this.leaving!;
    await this.try(
      "list",
      async () => {
        await this.session.client.replies.remove(id);
        await this.fetch();
      },
      msg("Reply deleted."),
    );
  };
}
customElements.define("desk-setup-replies", RepliesSection);
