import { msg, updateWhenLocaleChanges } from "@lit/localize";
import { ApiError } from "@sidedesk/client";
import { BaseElement } from "@sidedesk/ui/base-element";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { dialogStyles } from "@sidedesk/ui/dialog.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, xIcon } from "@sidedesk/ui/icons";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { disclosure, webhookDialogStyles } from "./webhook-dialog.styles.ts";

/** A dialog of the view: does one thing, says what went wrong where it stands, and is gone when it is done. */
export abstract class WebhookDialog extends BaseElement {
  static override styles = [base, buttons, facts, fields, surfaces, dialogStyles, disclosure, webhookDialogStyles];

  /** The language for dates and figures. */
  @property({ attribute: false }) locale = "en";
  /** What went wrong, in the words of the host. */
  @property({ attribute: false }) say: (error: unknown) => string = String;

  @state() protected isBusy = false;
  /** What is wrong, by field; `""` for the whole. */
  @state() protected problems: Readonly<Record<string, string>> = {};
  @query("dialog") protected dialog!: HTMLDialogElement;

  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  protected async open(): Promise<void> {
    this.problems = {};
    this.isBusy = false;
    this.requestUpdate();
    await this.updateComplete;
    if (!this.dialog.open) this.dialog.showModal();
  }

  protected readonly close = (): void => this.dialog.close();

  /** Does it; true when it went well. Fields that the desk names get their own words, below them. */
  protected async attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.problems = {};
    try {
      await work();
      return true;
    } catch (error) {
      this.problems = this.problemsOf(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  private problemsOf(error: unknown): Record<string, string> {
    const problem = error instanceof ApiError ? error.problem : undefined;
    if (problem?.code === "url_not_allowed") return { url: problem.detail };
    if (!problem?.errors?.length) return { "": this.say(error) };
    return Object.fromEntries(problem.errors.map(({ path, message }) => [path.split(".")[0] ?? "", message]));
  }

  protected renderFrame(title: string, body: unknown, foot: unknown): TemplateResult {
    return html`<dialog aria-labelledby="title" @close=${() => this.handleClosed()}>
      <header role="none">
        <h2 id="title">${title}</h2>
        <button class="icon-button" type="button" aria-label=${msg("Close")} @click=${this.close}>
          ${icon(xIcon)}
        </button>
      </header>
      <div class="body">${body}${this.renderProblem("")}</div>
      <footer role="none">${foot}</footer>
    </dialog>`;
  }

  /** For what has to be forgotten when the dialog is gone. */
  protected handleClosed(): void {}

  protected renderProblem(field: string): TemplateResult | typeof nothing {
    const words = this.problems[field];
    return words
      ? html`<p class="problem" role="alert" id=${`${field || "form"}-problem`}>
          ${icon(circleAlertIcon)}<span dir="auto">${words}</span>
        </p>`
      : nothing;
  }

  protected renderSpin(): TemplateResult | typeof nothing {
    return this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing;
  }
}
