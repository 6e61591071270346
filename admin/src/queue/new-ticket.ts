import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import { ticketPriorities } from "@sidedesk/contract/lifecycle";
import type { CustomerProfile, TicketPriority } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { randomId } from "@sidedesk/ui/random-id";
import { problemLine } from "@sidedesk/ui/surfaces";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { dialogHead } from "../shell/dialog-head.ts";
import { dialogStyles } from "../shell/dialog.styles.ts";
import { directoryContext, sessionContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { draftsOf, dropOldDrafts, filesOfDraft, readDraft, removeDraft, writeDraft } from "../shell/draft-items.ts";
import { textOf } from "../shell/forms.ts";
import { MessageFiles } from "../shell/message-files.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { priorityWord, problemWords } from "../shell/words.ts";

const typingMs = 250;
const styles = css`
  dialog {
    --dialog: 600px;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
    gap: var(--sd-4);
    align-items: start;
  }
  .drop {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--sd-2);
    inline-size: 100%;
    min-block-size: max(40px, var(--sd-target));
    padding: var(--sd-2) var(--sd-3);
    border: 1px dashed var(--sd-border-strong);
    border-radius: var(--sd-radius-m);
    background: none;
    color: var(--sd-muted);
    font: 400 var(--sd-type-dense);
    cursor: pointer;
  }
  .drop:hover {
    background: var(--sd-hover);
    color: var(--sd-text);
  }
  .uploads {
    padding: var(--sd-2) 0 0;
  }
  .uploads small {
    white-space: normal; /* why a file cannot be sent is read to its end */
  }
`;
type Field = "email" | "name" | "subject" | "description";

/**
 * @summary A ticket that somebody asked for by telephone or in person, written down on their behalf.
 */
export class NewTicket extends BaseElement {
  static override styles = [base, buttons, conversation, fields, dense, dialogStyles, styles];

  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private isBusy = false;
  @state() private problems: Partial<Record<Field | "form", string>> = {};
  @query("dialog") private dialog!: HTMLDialogElement;
  @query("form") private form!: HTMLFormElement;
  @state() private known: CustomerProfile[] = [];
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** One per text: pressing twice, or again after a lost answer, makes one ticket. */
  private key = randomId();
  /** What the draft is kept under, once the form was opened. */
  private kept = "";
  private readonly files = new MessageFiles(this, () => this.session);

  constructor() {
    super();
    new Watch(this, () => this.directory);
  }

  /** Opens the form. What was typed before and not sent is still there, also after a reload. */
  show(): void {
    this.problems = {};
    if (!this.kept) this.restore();
    this.dialog.showModal();
  }

  private restore(): void {
    this.kept = draftsOf(this.session.staff?.id ?? "", `new-${this.session.slug ?? ""}`);
    dropOldDrafts();
    this.files.open(filesOfDraft(`${this.kept}files`));
    const draft = readDraft(`${this.kept}form`) as { key: string; values: Record<string, string> } | null;
    if (!draft) return;
    this.key = draft.key;
    for (const [name, value] of Object.entries(draft.values)) {
      const field = this.form.elements.namedItem(name);
      if (field && "value" in field && value) field.value = value;
    }
  }

  private readonly handleInput = (): void => {
    this.key = randomId();
    const values = Object.fromEntries([...new FormData(this.form)].filter(([, value]) => typeof value === "string"));
    writeDraft(`${this.kept}form`, { key: this.key, values });
  };

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  override render() {
    return html`<dialog aria-labelledby="title">
      <form novalidate @submit=${this.handleSubmit} @input=${this.handleInput}>
        ${dialogHead(msg("New ticket"), () => this.dialog.close())}
        <div class="body">
          <div class="pair">
            ${this.renderInput("email", msg("Customer's email"), 254, "email")}
            ${this.renderInput("name", msg("Customer's name, if known"), 200)}
          </div>
          ${this.renderInput("subject", msg("Subject"), 200)}
          <div class="field">
            <label for="description">${msg("What was asked")}</label>
            <textarea
              class="input"
              id="description"
              name="description"
              rows="5"
              maxlength="5000"
              dir="auto"
              aria-invalid=${this.problems.description ? "true" : nothing}
              aria-describedby=${this.problems.description ? "description-problem" : nothing}
            ></textarea>
            ${problemLine("description-problem", this.problems.description)}
          </div>
          <div>${this.files.button(msg("Attach files, or drop or paste them here"))}${this.files.list()}</div>
          <div class="pair">
            ${this.renderChoice(
              "priority",
              msg("Priority"),
              ticketPriorities.map((value) => [value, priorityWord(value)]),
              "medium",
            )}
            ${this.renderChoice(
              "category",
              msg("Category"),
              this.directory.categories.map(({ key, label }) => [key, label]),
            )}
          </div>
          <div role="alert">${problemLine("form-problem", this.problems.form)}</div>
        </div>
        <footer>
          <button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Cancel")}</button
          ><button class="button button-primary" type="submit" aria-disabled=${this.isBusy ? "true" : nothing}>
            ${this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${msg("Create ticket")}
          </button>
        </footer>
      </form>
    </dialog>`;
  }

  private renderInput(name: "email" | "name" | "subject", label: string, most: number, type = "text"): TemplateResult {
    const words = this.problems[name];
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        class="input"
        id=${name}
        name=${name}
        type=${type}
        maxlength=${most}
        autocomplete="off"
        list=${name === "email" ? "known" : nothing}
        @input=${name === "email" ? this.handleEmail : nothing}
        aria-invalid=${words ? "true" : nothing}
        aria-describedby=${words ? `${name}-problem` : nothing}
      />
      ${name === "email" ? this.renderKnown() : nothing} ${problemLine(`${name}-problem`, words)}
    </div>`;
  }

  /** Customers whose name, address or id begins as what was typed: whoever is known is chosen, not typed. */
  private renderKnown(): TemplateResult {
    return html`<datalist id="known">
      ${this.known.map(({ name, email }) => html`<option value=${email}>${name}</option>`)}
    </datalist>`;
  }

  private renderChoice(name: string, label: string, choices: [string, string][], chosen = ""): TemplateResult {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <div class="select">
        <select class="input" id=${name} name=${name}>
          ${choices.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}</select
        >${icon(chevronDownIcon)}
      </div>
    </div>`;
  }

  private readonly handleEmail = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.#typing);
    const chosen = this.known.find(({ email }) => email === typed.toLowerCase());
    if (chosen) {
      const name = this.form.elements.namedItem("name") as HTMLInputElement;
      name.value ||= chosen.name;
      return;
    }
    if (typed.length >= 2) this.#typing = setTimeout(() => void this.lookUp(typed), typingMs);
  };

  /** A help and no more: without it the address is typed in full. */
  private async lookUp(q: string): Promise<void> {
    const page = await this.session.client.customers.list({ q, limit: 8 }).catch(() => null);
    if (page) this.known = page.data;
  }

  private check(): Partial<Record<Field, string>> {
    const found: Partial<Record<Field, string>> = {};
    if (!/^\S+@\S+\.\S+$/.test(textOf(this.form, "email").trim())) found.email = msg("This is not an email address.");
    if (textOf(this.form, "subject").trim().length < 3) found.subject = msg("A few more letters, please: at least 3.");
    if (textOf(this.form, "description").trim().length < 10)
      found.description = msg("A few more letters, please: at least 10.");
    return found;
  }

  private readonly handleSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    this.problems = this.check();
    const first = Object.keys(this.problems)[0];
    if (first) return this.focusOn(`#${first}`);
    if (this.files.obstacle) return void (this.problems = { form: this.files.obstacle });
    this.isBusy = true;
    const idempotencyKey = [this.key, ...this.files.ids].join(".");
    try {
      const ticket = await this.session.client.tickets.create(this.draft(), { idempotencyKey });
      this.form.reset();
      this.files.clear();
      removeDraft(`${this.kept}form`);
      this.key = randomId();
      this.dialog.close();
      go(paths.ticket(ticket.number));
    } catch (error) {
      this.problems = this.problemsOf(error);
      if (this.files.ids.length) void this.files.checkAll();
    }
    this.isBusy = false;
  };

  private draft() {
    const text = (name: string) => textOf(this.form, name).trim();
    const category = text("category");
    const { ids } = this.files;
    return {
      subject: text("subject"),
      description: text("description"),
      priority: text("priority") as TicketPriority,
      ...(category ? { category } : {}),
      ...(ids.length ? { attachmentIds: ids } : {}),
      onBehalfOf: text("name") ? { email: text("email"), name: text("name") } : { email: text("email") },
    };
  }

  /** What the desk found, at the field where it belongs. */
  private problemsOf(error: unknown): Partial<Record<Field | "form", string>> {
    const found: Partial<Record<Field | "form", string>> = {};
    for (const { path, message } of error instanceof ApiError ? (error.problem.errors ?? []) : []) {
      const name = path.split(".").at(-1);
      if (name === "email" || name === "name" || name === "subject" || name === "description") found[name] = message;
    }
    if (Object.keys(found).length === 0) found.form = problemWords(error).words;
    return found;
  }
}
customElements.define("desk-new-ticket", NewTicket);
