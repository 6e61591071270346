import { msg, str } from "@lit/localize";
import type { Reply } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { pencilIcon, plusIcon, trash2Icon, userIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { filledIn, replyVariables, sampleValues } from "../shell/reply-words.ts";
import { repliesStyles } from "./replies-section.styles.ts";
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
  @state() private body = "";
  @state() private leaving: Reply | null = null;
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("#body") private field!: HTMLTextAreaElement | null;
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

  protected override updated(changed: PropertyValues): void {
    if (changed.has("edited") && this.edited !== undefined)
      this.renderRoot.querySelector<HTMLElement>("#title")?.focus();
  }

  protected renderLoaded() {
    if (this.edited !== undefined) return this.renderEditor(this.edited);
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
                </div>`
              : nothing
          }
          ${
            this.session.canWrite
              ? html`<button class="button button-primary" type="button" @click=${() => this.edit(null)}>
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
          >${reply.shortcut ? html` <kbd class="kbd">/${reply.shortcut.replace(/^\//, "")}</kbd>` : nothing}</span
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

  private renderEditor(reply: Reply | null): TemplateResult {
    return html`<form class="card editor" novalidate @submit=${this.handleSave} @keydown=${this.handleKey}>
      <h2>${reply ? msg("Change a reply") : msg("New reply")}</h2>
      <div class="pair">
        <div class="field">
          <label for="title">${msg("Title")}</label
          ><input class="input" id="title" name="title" maxlength="120" dir="auto" .value=${reply?.title ?? ""} />
        </div>
        <div class="field">
          <label for="shortcut">${msg("Shortcut, if any")}</label
          ><input
            class="input"
            id="shortcut"
            name="shortcut"
            maxlength="41"
            placeholder="/refund"
            autocomplete="off"
            .value=${reply?.shortcut ?? ""}
          />
        </div>
        <div class="field">
          <label for="category">${msg("Category, if any")}</label
          ><input
            class="input"
            id="category"
            name="category"
            maxlength="40"
            list="categories"
            dir="auto"
            .value=${reply?.category ?? ""}
          /><datalist id="categories">${[...this.known].map((one) => html`<option value=${one}></option>`)}</datalist>
        </div>
      </div>
      <div class="beside">
        <div class="field">
          <label for="body">${msg("Text")}</label
          ><textarea
            class="input"
            id="body"
            name="body"
            maxlength="10000"
            dir="auto"
            .value=${reply?.body ?? ""}
            @input=${() => (this.body = this.field?.value ?? "")}
          ></textarea>
        </div>
        <div class="field">
          <span class="label" id="shown-label">${msg("How it reads")}</span>
          <div class="shown" tabindex="0" role="region" aria-labelledby="shown-label">
            ${filledIn(this.body, sampleValues(this.session.staff?.name ?? "", this.session.siteName))}
          </div>
        </div>
      </div>
      <div class="variables" role="group" aria-label=${msg("Put in a variable")}>
        <span class="meta">${msg("Put in")}</span>${replyVariables.map(
          (name) =>
            html`<button class="button button-s" type="button" @click=${() => this.putIn(name)}>${name}</button>`,
        )}
      </div>
      <p class="meta">
        ${msg("After a bar stands what to say when nothing is known:")} <code>{{customer.name | there}}</code>
      </p>
      <label class="only-me"
        ><input
          class="check"
          type="checkbox"
          name="personal"
          .checked=${reply?.personal ?? false}
        />${msg("Only for me")}</label
      >
      ${this.renderProblem("editor")}
      <div class="line">
        <button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
          ${msg("Save")}</button
        ><button class="button" type="button" @click=${this.handleLeave}>${msg("Cancel")}</button>
      </div>
    </form>`;
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
    this.body = reply?.body ?? "";
    this.edited = reply;
  }

  private putIn(name: string): void {
    const field = this.field!;
    field.setRangeText(`{{${name}}}`, field.selectionStart, field.selectionEnd, "end");
    this.body = field.value;
    field.focus();
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

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.handleLeave();
  };

  private readonly handleLeave = (): void => {
    this.edited = undefined;
  };

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const text = (name: string) => textOf(form, name).trim();
    const input = {
      title: text("title"),
      body: text("body"),
      category: text("category") || null,
      shortcut: text("shortcut") || null,
      personal: new FormData(form).has("personal"),
    };
    const { edited } = this;
    if (!input.title || !input.body) {
      this.problems = { editor: msg("It needs a title and a text.") };
      return this.focusOn(input.title ? "#body" : "#title");
    }
    const isSaved = await this.try(
      "editor",
      () => (edited ? this.session.client.replies.update(edited.id, input) : this.session.client.replies.create(input)),
      msg("Saved."),
    );
    if (!isSaved) return;
    this.edited = undefined;
    await this.try("list", () => this.fetch());
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
