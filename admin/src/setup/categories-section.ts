import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { CategoryField, Settings } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { icon } from "@sidedesk/ui/icon";
import { arrowDownIcon, arrowUpIcon, chevronDownIcon, plusIcon, trash2Icon } from "@sidedesk/ui/icons";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { categoriesStyles } from "./categories-section.styles.ts";
import { fieldTypes, flawOf, keyOf, moved, retyped, type FieldType } from "./category-draft.ts";
import { linesOf, typeWord } from "./field-words.ts";
import { SetupSection } from "./section.ts";

type Category = Settings["categories"][number];
const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/**
 * @summary What tickets can be about, in the order customers see it, and what each kind asks for besides.
 */
export class CategoriesSection extends SetupSection {
  static override styles = [...SetupSection.styles, categoriesStyles];

  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private saved: readonly Category[] = [];
  @state() private draft: readonly Category[] = [];
  /** Keys of categories whose fields are on show. */
  @state() private opened: ReadonlySet<string> = new Set();

  protected async fetch(): Promise<void> {
    this.take((await this.session.client.sites.settings(this.session.slug!)).categories);
  }

  protected override isUnsaved(): boolean {
    return JSON.stringify(this.draft) !== JSON.stringify(this.saved);
  }

  private take(categories: readonly Category[]): void {
    this.saved = categories;
    this.draft = categories;
  }

  protected renderLoaded() {
    const isUnsaved = this.isUnsaved();
    // Not disabled: what is pressed keeps the focus when there is nothing left to save.
    const isIdle = !isUnsaved || this.isBusy ? "true" : nothing;
    return html`<form @submit=${this.handleSave}>
      <h2>${msg("Categories")}</h2>
      <p class="meta">
        ${msg("Customers choose one when they ask. Fields of its own are asked for in the form, shown on the ticket, and may be columns of the queue.")}
      </p>
      <ol class="card">
        ${repeat(
          this.draft,
          (category) => category.key,
          (category, at) => this.renderCategory(category, at),
        )}
      </ol>
      <div>
        <button class="button" type="button" ?disabled=${this.draft.length >= 100} @click=${this.handleAdd}>
          ${icon(plusIcon)}${msg("Add a category")}
        </button>
      </div>
      ${this.renderProblem("categories")}
      <div class="line end">
        ${isUnsaved ? html`<span class="meta" role="status">${msg("Changes are not saved yet.")}</span>` : nothing}
        <button
          class="button"
          type="button"
          aria-disabled=${isIdle}
          @click=${() => !this.isBusy && this.take(this.saved)}
        >
          ${msg("Undo")}</button
        ><button class="button button-primary" type="submit" aria-disabled=${isIdle}>${msg("Save")}</button>
      </div>
    </form>`;
  }

  private renderCategory(category: Category, at: number): TemplateResult {
    const { key, label, fields } = category;
    const isOpen = this.opened.has(key);
    const name = label.trim() || key;
    return html`<li class="category">
      <div class="row-line">
        <span class="grow"
          ><input
            class="input"
            maxlength="100"
            required
            aria-label=${msg(str`Name of category ${name}`)}
            .value=${label}
            @input=${(event: Event) => this.set(at, { label: valueOf(event) })}
          /><span class="meta mono">${key}</span></span
        >
        <button
          class="button button-s"
          type="button"
          aria-expanded=${isOpen ? "true" : "false"}
          @click=${() => this.toggle(key)}
        >
          ${fields.length === 1 ? msg("1 field") : msg(str`${fields.length} fields`)}${icon(chevronDownIcon)}
        </button>
        ${this.renderOrder(name, at, this.draft.length, (by) => (this.draft = moved(this.draft, at, by)))}
        <button
          class="icon-button"
          type="button"
          aria-label=${msg(str`Remove ${name}`)}
          ?disabled=${this.draft.length === 1}
          @click=${() => (this.draft = this.draft.toSpliced(at, 1))}
        >
          ${icon(trash2Icon)}
        </button>
      </div>
      ${isOpen ? html`${this.renderFields(category, at)}${this.renderTeam(category, name, at)}` : nothing}
    </li>`;
  }

  /** Offered once there are teams. */
  private renderTeam({ teamId }: Category, name: string, at: number): TemplateResult | typeof nothing {
    const { teams } = this.directory;
    if (teams.length === 0 && !teamId) return nothing;
    return html`<div class="select team">
      <select
        class="input"
        aria-label=${msg(str`Team for new tickets of ${name}`)}
        @change=${(event: Event) => this.set(at, { teamId: valueOf(event) || null })}
      >
        <option value="" ?selected=${!teamId}>${msg("New tickets come to no team")}</option>
        ${teams.map((team) => html`<option value=${team.id} ?selected=${team.id === teamId}>${msg(str`New tickets come to ${team.name}`)}</option>`)}</select
      >${icon(chevronDownIcon)}
    </div>`;
  }

  private renderFields({ label, fields }: Category, at: number): TemplateResult {
    const put = (next: CategoryField[]) => this.set(at, { fields: next });
    const taken = fields.map((field) => field.key);
    return html`<ol class="fields">
      ${repeat(
        fields,
        (field) => field.key,
        (field, index) =>
          html`<li>
            ${this.renderField(field, (changed) => put(fields.with(index, changed)))}
            ${this.renderOrder(field.label || field.key, index, fields.length, (by) => put(moved(fields, index, by)))}
            <button
              class="icon-button"
              type="button"
              aria-label=${msg(str`Remove ${field.label || field.key}`)}
              @click=${() => put(fields.toSpliced(index, 1))}
            >
              ${icon(trash2Icon)}
            </button>
          </li>`,
      )}
      <li>
        <button
          class="button button-s"
          type="button"
          ?disabled=${fields.length >= 30}
          @click=${() => put([...fields, { key: keyOf("", taken, "field"), label: "", type: "text", required: false }])}
        >
          ${icon(plusIcon)}${msg(str`Add a field to ${label}`)}
        </button>
      </li>
    </ol>`;
  }

  private renderField(field: CategoryField, put: (changed: CategoryField) => void): TemplateResult {
    const name = field.label || field.key;
    return html`<input
        class="input"
        maxlength="100"
        required
        placeholder=${msg("What is asked for")}
        aria-label=${msg(str`Label of field ${name}`)}
        .value=${field.label}
        @input=${(event: Event) => put({ ...field, label: valueOf(event) })}
      />
      <div class="select">
        <select
          class="input"
          aria-label=${msg(str`Kind of field ${name}`)}
          @change=${(event: Event) => put(retyped(field, valueOf(event) as FieldType))}
        >
          ${fieldTypes.map((type) => html`<option value=${type} ?selected=${type === field.type}>${typeWord(type)}</option>`)}</select
        >${icon(chevronDownIcon)}
      </div>
      <label
        ><input
          class="check"
          type="checkbox"
          .checked=${field.required}
          @change=${() => put({ ...field, required: !field.required })}
        />${msg("Required")}</label
      >
      ${
        field.type === "choice"
          ? html`<textarea
              class="input options"
              rows="3"
              placeholder=${msg("One choice on each line")}
              aria-label=${msg(str`Choices of field ${name}`)}
              .value=${(field.options ?? []).join("\n")}
              @change=${(event: Event) => put({ ...field, options: linesOf(valueOf(event)) })}
            ></textarea>`
          : nothing
      }`;
  }

  private renderOrder(name: string, at: number, count: number, move: (by: 1 | -1) => void): TemplateResult {
    return html`<span class="order"
      ><button
        class="icon-button"
        type="button"
        aria-label=${msg(str`Move ${name} up`)}
        aria-disabled=${at === 0 ? "true" : nothing}
        @click=${() => move(-1)}
      >
        ${icon(arrowUpIcon)}</button
      ><button
        class="icon-button"
        type="button"
        aria-label=${msg(str`Move ${name} down`)}
        aria-disabled=${at === count - 1 ? "true" : nothing}
        @click=${() => move(1)}
      >
        ${icon(arrowDownIcon)}
      </button></span
    >`;
  }

  private set(at: number, part: Partial<Category>): void {
    this.draft = this.draft.with(at, { ...this.draft[at]!, ...part });
  }

  private toggle(key: string): void {
    const opened = new Set(this.opened);
    if (!opened.delete(key)) opened.add(key);
    this.opened = opened;
  }

  private readonly handleAdd = (): void => {
    const taken = this.draft.map((category) => category.key);
    this.draft = [...this.draft, { key: keyOf("", taken, "category"), label: "", fields: [] }];
    void this.focusOn(".category:last-child .input");
  };

  private readonly handleSave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!this.isUnsaved()) return;
    const categories = this.named();
    const flaw = flawOf(categories);
    if (flaw) {
      this.opened = new Set([...this.opened, this.draft[flaw.category]!.key]);
      this.problems = {
        categories:
          flaw.what === "options" ? msg("A choice needs something to choose from.") : msg("Everything needs a name."),
      };
      return;
    }
    await this.try(
      "categories",
      async () => {
        const { slug, client } = this.session;
        this.take((await client.sites.updateSettings(slug!, { categories })).categories);
        void this.directory.load();
      },
      msg("Saved."),
    );
  };

  /** What is new takes its key from its label; what was there keeps it, since tickets hold it. */
  private named(): Category[] {
    const known = new Map(this.saved.map((category) => [category.key, new Set(category.fields.map(({ key }) => key))]));
    const taken = [...known.keys()];
    return this.draft.map((category) => {
      const fixed = known.get(category.key);
      const key = fixed ? category.key : keyOf(category.label, taken, "category");
      if (!fixed) taken.push(key);
      const keys = [...(fixed ?? [])];
      const fields = category.fields.map((field) => {
        const name = fixed?.has(field.key) ? field.key : keyOf(field.label, keys, "field");
        if (!keys.includes(name)) keys.push(name);
        return { ...field, key: name, label: field.label.trim() };
      });
      return { ...category, key, label: category.label.trim(), fields };
    });
  }
}
customElements.define("desk-setup-categories", CategoriesSection);
