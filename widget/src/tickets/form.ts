// A little over 300 lines: one form is one state machine, from what was typed to its receipt.
import { msg, str } from "@lit/localize";
import { ticketsApi } from "@sidedesk/client";
import type { Letter } from "@sidedesk/client/outbox";
import type { Category, Submission, Ticket } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { OnlineController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { attachButton } from "@sidedesk/ui/file-views";
import { figure } from "@sidedesk/ui/format";
import { filesIn } from "@sidedesk/ui/files-in";
import { icon } from "@sidedesk/ui/icon";
import { xIcon } from "@sidedesk/ui/icons";
import { conversation } from "@sidedesk/ui/conversation.styles";
import { panel } from "@sidedesk/ui/panel.styles";
import { randomId } from "@sidedesk/ui/random-id";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { DeskElement } from "../session/desk-element.ts";
import { outboxOf } from "../session/outbox-of.ts";
import { connectionBanner } from "../session/states.ts";
import { backButton, closeButton } from "../session/view-parts.ts";
import { viewStyles } from "../session/view.styles.ts";
import { fileWords, keepOf, MessageFiles } from "./files.ts";
import { doneView, waitingView, type Receipt } from "./form-done.ts";
import {
  checkDraft,
  emptyDraft,
  errorsOf,
  isEmptyDraft,
  submissionInput,
  ticketInput,
  type FormDraft,
  type FormErrors,
} from "./form-draft.ts";
import { choices, extraField, lineField, textField, type FieldContext } from "./form-fields.ts";
import { formStyles } from "./form.styles.ts";

/**
 * @summary Asks something: for whoever is signed in, or as the public form with name and email. Usable alone.
 * @tag sidedesk-form
 * @event sidedesk-ticket-created - Sent; `detail.number`, and `detail.id` for who is signed in.
 * @event sidedesk-ticket-select - "See the request" was chosen after sending; `detail.id`. Prevent it to open the request yourself.
 * @event sidedesk-navigate - "Home" was chosen after sending (in the panel); `detail.view` is `home`.
 * @csspart form - The fields.
 */
export class SidedeskForm extends DeskElement {
  static override styles = [
    ...(DeskElement.styles as []),
    buttons,
    facts,
    fields,
    surfaces,
    panel,
    conversation,
    viewStyles,
    formStyles,
  ];

  /** Set by the panel: the view fills it and has a way back. */
  @property({ type: Boolean, reflect: true }) framed = false;

  @state() private draft: FormDraft = emptyDraft();
  @state() private errors: FormErrors = {};
  /** Whether somebody tried to send: then everything that is missing is said, at once and above. */
  @state() private wasTried = false;
  @state() private reference = "";
  @state() private letter: Letter | null = null;
  /** Somebody pressed Send before the files were there. */
  @state() private isEarly = false;
  @state() private receipt: Receipt | null = null;
  @state() private categories: readonly Category[] = [];
  #wasSent = false;
  readonly #files: MessageFiles = new MessageFiles(this, () => this.desk);

  constructor() {
    super();
    new OnlineController(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const box = outboxOf(this.desk);
    this.#restore();
    this.follow(this.desk.on("person", () => this.#restore()));
    this.follow(box.on("change", () => this.#handleOutbox()));
    this.follow(
      box.on(
        "sent",
        ({ letter, answer }) => letter.key === this.letter?.key && this.#handleSent(answer as Ticket | Submission),
      ),
    );
    void this.#loadCategories();
  }

  get #isPublic(): boolean {
    return this.desk.state === "anonymous";
  }
  get #category(): Category | undefined {
    return this.categories.find(({ key }) => key === this.draft.category) ?? this.categories[0];
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("receipt") && this.receipt) void this.focusOn("[data-focus]");
  }

  override render() {
    if (this.receipt) return this.#renderDone(this.receipt);
    const isWaiting = this.letter?.state === "waiting";
    return html`<header class="panel-head">
        ${backButton(this, this.framed, msg("Back"))}
        <h2 tabindex="-1" data-focus>${msg("Ask us something")}</h2>
        ${closeButton(this, this.framed)}
      </header>
      ${isWaiting ? waitingView() : this.#renderForm()}
      <footer class="panel-foot">
        ${
          isWaiting
            ? html`<button class="button" type="button" @click=${this.#handleEdit}>${msg("Change it")}</button
                ><button class="button button-primary" type="button" @click=${() => outboxOf(this.desk).flush()}>
                  ${msg("Try again")}
                </button>`
            : html`${isEmptyDraft(this.draft) ? nothing : html`<span class="meta">${msg("Draft kept on this device")}</span>`}
                <button class="button button-primary" type="submit" form="ask" aria-busy=${!!this.letter || nothing}>
                  ${this.letter ? html`<span class="spin" aria-hidden="true"></span>${msg("Sending")}` : msg("Send")}
                </button>`
        }
      </footer>`;
  }

  #renderForm(): TemplateResult {
    const context: FieldContext = { draft: this.draft, errors: this.errors, change: (part) => this.#change(part) };
    const { length } = this.draft.text;
    const count = length > 4000 ? msg(str`${figure(length, this.locale)} of ${figure(5000, this.locale)}`) : null;
    return html`<form
      part="form"
      class="panel-body ask-form"
      id="ask"
      aria-label=${msg("Ask us something")}
      novalidate
      @submit=${this.#handleSubmit}
      @focusout=${this.#handleLeave}
      @keydown=${this.#handleKey}
      @paste=${this.#handleFiles}
      @drop=${this.#handleFiles}
      @dragover=${(event: DragEvent) => event.dataTransfer?.types.includes("Files") && event.preventDefault()}
    >
      ${connectionBanner(this.desk, true)}${this.#renderErrors()}
      ${
        this.#isPublic
          ? html`${lineField(context, "name", msg("Your name"), { max: 200, autocomplete: "name" })}
            ${lineField(context, "email", msg("Your email"), { type: "email", max: 254, autocomplete: "email" })}`
          : nothing
      }
      ${this.#isPublic ? nothing : this.#renderFollowUp()}
      ${lineField(context, "subject", msg("What is it about?"), { max: 200 })}
      ${textField(context, msg("Tell us more"), msg("What you did, what you saw"), count)}
      ${choices(context, this.categories, this.#category)}
      ${this.#category?.fields.map((field) => extraField(context, field))}
      ${this.#isPublic ? nothing : this.#renderFiles()}
    </form>`;
  }

  /** Files need somebody who is signed in: the public form has none. */
  #renderFiles(): TemplateResult {
    const words = fileWords(this.locale);
    const obstacle = this.#files.obstacle;
    const long = html`<span>${msg("Drop, paste or choose a file")}</span>`;
    return html`<div class="form-files">
      ${attachButton(this.#files, words, long)}${this.#files.render(this.locale)}${
        this.isEarly && obstacle ? html`<p class="problem" role="alert">${obstacle}</p>` : nothing
      }
    </div>`;
  }

  /** Dropped or pasted anywhere on the form. */
  readonly #handleFiles = (event: ClipboardEvent | DragEvent): void => {
    const files = this.#isPublic ? [] : filesIn(event);
    if (!files.length) return;
    event.preventDefault();
    this.#files.add(files);
  };

  #renderFollowUp(): TemplateResult | typeof nothing {
    const { followUpOf } = this.draft;
    if (!followUpOf) return nothing;
    return html`<p class="follow">
      <span class="truncate">${msg(str`Follow-up to ${followUpOf.subject}`)}</span>
      <button
        class="icon-button icon-button-s"
        type="button"
        aria-label=${msg("Not a follow-up")}
        @click=${() => this.#change({ followUpOf: undefined })}
      >
        ${icon(xIcon)}
      </button>
    </p>`;
  }

  #renderErrors(): TemplateResult | typeof nothing {
    const all = Object.entries(this.errors);
    if (!all.length || !this.wasTried) return nothing;
    const head = this.errors["form"]
      ? msg("This was not sent")
      : all.length === 1
        ? msg("One thing before we can send this")
        : msg(str`${figure(all.length, this.locale)} things before we can send this`);
    return html`<div class="errors" role="alert">
      <strong>${head}</strong>
      ${all.map(([name, words]) => (name === "form" ? html`<span>${words}</span>` : html`<button type="button" @click=${() => this.byId(name)?.focus()}>${words}</button>`))}
      ${this.reference ? html`<span class="meta">${msg(str`Reference ${this.reference}`)}</span>` : nothing}
    </div>`;
  }

  #renderDone(receipt: Receipt): TemplateResult {
    const { answer } = receipt;
    return html`<header class="panel-head">
        <h2>${msg("Sent")}</h2>
        ${closeButton(this, this.framed)}
      </header>
      ${doneView(receipt, this.locale)}
      <footer class="panel-foot">
        ${this.framed ? html`<button class="button" type="button" @click=${() => this.announce("navigate", { view: "home" })}>${msg("Home")}</button>` : nothing}
        ${
          "id" in answer
            ? html`<button
                class="button button-primary"
                type="button"
                @click=${() => this.announce("ticket-select", { id: answer.id })}
              >
                ${msg("See the request")}
              </button>`
            : html`<button class="button" type="button" @click=${this.#handleAgain}>
                ${msg("Ask something else")}
              </button>`
        }
      </footer>`;
  }

  async #loadCategories(): Promise<void> {
    const site = await this.desk.loadSite();
    const categories =
      site?.categories ??
      (this.desk.isSignedIn
        ? await ticketsApi(this.desk.http)
            .categories()
            .then(({ data }) => data)
            .catch(() => [])
        : []);
    this.categories = categories;
  }

  #restore(): void {
    const kept = this.desk.drafts.get<FormDraft>("form");
    this.draft = kept ? { ...emptyDraft(), ...kept } : emptyDraft();
    this.errors = {};
    this.wasTried = false;
    this.letter = outboxOf(this.desk).letters.find(({ key }) => key === this.draft.key) ?? null;
    if (!this.#isPublic) this.#files.open(keepOf(this.desk.drafts, "form"));
  }

  #change(part: Partial<FormDraft>): void {
    // A text that was refused and changed is a new request; one that may have arrived keeps its key.
    const key = this.#wasSent ? randomId() : this.draft.key;
    this.#wasSent = false;
    // Another topic asks for other things; a browser may fill several of them in at once.
    const fields = part.category ? {} : { ...this.draft.fields, ...part.fields };
    this.draft = { ...this.draft, ...part, fields, key };
    this.desk.drafts.set("form", isEmptyDraft(this.draft) ? null : this.draft);
    if (Object.keys(this.errors).length) this.#check((name) => this.wasTried || name in this.errors);
  }

  /** Says what is wrong with those fields that `at` names. */
  #check(at: (name: string) => boolean): void {
    const found = Object.entries(checkDraft(this.draft, this.#isPublic, this.#category));
    this.errors = Object.fromEntries(found.filter(([name]) => at(name)));
  }

  /** Whoever leaves a field that is filled in hears at once what is wrong with it; what is empty may come later. */
  #handleLeave({ target }: FocusEvent): void {
    const { id, value } = target as HTMLInputElement;
    if (id && value?.trim()) this.#check((name) => this.wasTried || name in this.errors || name === id);
  }

  #handleSubmit(event: Event): void {
    event.preventDefault();
    if (this.letter) return; // on its way: a second press sends nothing
    this.reference = "";
    this.wasTried = true;
    this.errors = checkDraft(this.draft, this.#isPublic, this.#category);
    this.isEarly = this.#files.obstacle !== "";
    const [first] = Object.keys(this.errors);
    if (first) {
      void this.updateComplete.then(() => this.byId(first)?.focus());
      return;
    }
    if (this.isEarly) return;
    const { results } = this.#files;
    const box = outboxOf(this.desk);
    this.#wasSent = true;
    this.desk.drafts.set("form", this.draft); // with its key, so that a reload goes on with the same request
    this.letter = this.#isPublic
      ? box.add("submission", submissionInput(this.draft, this.#category), this.draft.key)
      : box.add(
          "ticket",
          {
            ...ticketInput(this.draft, this.#category),
            ...(results.length ? { attachmentIds: results.map(({ id }) => id) } : {}),
          },
          this.draft.key,
        );
  }

  #handleOutbox(): void {
    const { letter } = this;
    if (letter?.state === "failed" && letter.problem) {
      this.errors = errorsOf(letter.problem);
      this.reference = letter.problem.requestId ?? "";
      this.letter = null; // before it is taken out, which is a change to hear of
      outboxOf(this.desk).remove(letter.key);
      if (this.errors["attachmentIds"]) this.#files.check();
      void this.focusOn(".errors button");
    }
    this.requestUpdate();
  }

  #handleSent(answer: Ticket | Submission): void {
    const { name, email } = this.desk.customer && !this.#isPublic ? this.desk.customer : this.draft;
    this.receipt = { answer, name, email, topic: this.#category?.label ?? "" };
    this.letter = null;
    this.#wasSent = false;
    this.wasTried = false;
    this.draft = emptyDraft();
    this.#files.clear();
    this.announce(
      "ticket-created",
      "id" in answer ? { number: answer.number, id: answer.id } : { number: answer.number },
    );
  }

  #handleEdit(): void {
    if (this.letter) outboxOf(this.desk).remove(this.letter.key);
    this.letter = null;
  }

  #handleAgain(): void {
    this.receipt = null;
    void this.focusOn("input");
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#handleSubmit(event);
  }
}
