import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import type { Erasure, ErasurePreview } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, circleCheckIcon } from "@sidedesk/ui/icons";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { sessionContext } from "../shell/contexts.ts";
import { dialogStyles } from "../shell/dialog.styles.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { problemWords } from "../shell/words.ts";

const lookEveryMs = 1000;
const styles = css`
  dialog {
    --dialog: 460px;
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--sd-2);
    margin: 0;
  }
  .counts div {
    display: grid;
    gap: 2px;
    padding: var(--sd-3);
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-m);
  }
  .counts dt {
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
    order: 2;
  }
  .counts dd {
    margin: 0;
    font: 600 var(--sd-type-lead);
    font-variant-numeric: tabular-nums;
  }
  progress {
    inline-size: 100%;
    block-size: 8px;
    accent-color: var(--sd-primary);
  }
  .done {
    display: flex;
    gap: var(--sd-2);
    color: var(--sd-success);
  }
  @media (max-width: 479.98px) {
    .counts {
      grid-template-columns: 1fr 1fr;
    }
  }
`;

/**
 * @summary Asks before a customer is erased: says what goes, wants their address typed, and shows how far it is.
 */
export class EraseDialog extends BaseElement {
  static override styles = [base, buttons, fields, dense, dialogStyles, styles];

  @consume({ context: sessionContext }) private session!: Session;
  @state() private person: { id: string; name: string; email: string } | null = null;
  @state() private preview: ErasurePreview | null = null;
  @state() private erasure: Erasure | null = null;
  @state() private typed = "";
  @state() private problem = "";
  @state() private isBusy = false;
  @query("dialog") private dialog!: HTMLDialogElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Opens for a customer and looks up what would go. */
  show(person: { id: string; name: string; email: string }): void {
    const { id, name, email } = person;
    this.person = { id, name, email };
    this.preview = null;
    this.erasure = null;
    this.typed = "";
    this.problem = "";
    this.dialog.showModal();
    void this.look();
  }

  private async look(): Promise<void> {
    try {
      this.preview = await this.session.client.privacy.preview(this.person!.id);
      this.problem = "";
    } catch (error) {
      this.problem = problemWords(error).words;
    }
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${this.handleClose}>
      ${this.person ? (this.erasure ? this.renderProgress(this.erasure) : this.renderQuestion(this.person)) : nothing}
    </dialog>`;
  }

  private renderQuestion({ name, email }: { name: string; email: string }): TemplateResult {
    const isRight = this.typed.trim().toLowerCase() === email.toLowerCase();
    return html`<form novalidate @submit=${this.handleErase}>
      <div class="body">
        <h2 id="title" dir="auto">${msg(str`Erase ${name}?`)}</h2>
        <p>
          ${msg("Everything that is kept of them goes, for good: what they asked, what was answered, files, mails. Figures are made anew without them.")}
        </p>
        ${this.renderCounts(this.preview)}
        <div class="field">
          <label for="confirm">${msg(str`Type ${email} to go on`)}</label
          ><input
            class="input"
            id="confirm"
            name="confirm"
            type="email"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            maxlength="254"
            .value=${this.typed}
            @input=${this.handleTyped}
          />
        </div>
        ${this.renderProblem()}
      </div>
      <footer>
        <button class="button" type="button" @click=${() => this.dialog.close()}>${msg("Keep them")}</button
        ><button class="button button-danger" type="submit" ?disabled=${!isRight || this.isBusy}>
          ${this.isBusy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${msg("Erase customer")}
        </button>
      </footer>
    </form>`;
  }

  private renderProgress({ state, removed, expected }: Erasure): TemplateResult {
    const total = expected.tickets + expected.comments + expected.files + expected.notifications;
    const gone = removed.tickets + removed.comments + removed.files + removed.notifications;
    return html`<div class="body">
        <h2 id="title">${state === "done" ? msg("Erased") : msg("Erasing")}</h2>
        ${this.renderCounts(removed)}
        ${
          state === "running"
            ? html`<progress
                  aria-label=${msg("Erasing")}
                  max=${Math.max(1, total)}
                  .value=${Math.min(gone, total)}
                ></progress>
                <p role="status">
                  ${
                    gone >= total
                      ? msg("Looking once more for what was being written just then. This takes half a minute.")
                      : msg("You may close this: it goes on by itself.")
                  }
                </p>`
            : nothing
        }
        ${state === "done" ? html`<p class="done" role="status">${icon(circleCheckIcon)}<span>${msg("Nothing of them is left. The audit says that it was done, without their name.")}</span></p>` : nothing}
        ${state === "failed" ? html`<p class="problem" role="alert">${icon(circleAlertIcon)}<span>${msg("It did not come to its end. Operations shows how it stands.")}</span></p>` : nothing}
        ${this.renderProblem()}
      </div>
      <footer>
        <button class="button button-primary" type="button" @click=${() => this.dialog.close()}>${msg("Close")}</button>
      </footer>`;
  }

  private renderCounts(counts: ErasurePreview | null): TemplateResult {
    const rows: [string, number | undefined][] = [
      [msg("Tickets"), counts?.tickets],
      [msg("Comments"), counts?.comments],
      [msg("Files"), counts?.files],
      [msg("Notices"), counts?.notifications],
    ];
    return html`<dl class="counts" aria-busy=${counts ? "false" : "true"}>
      ${rows.map(
        ([label, count]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${count === undefined ? "–" : figure(count, locale())}</dd>
          </div>`,
      )}
    </dl>`;
  }

  private renderProblem(): TemplateResult | typeof nothing {
    return this.problem
      ? html`<p class="problem" role="alert">${icon(circleAlertIcon)}<span>${this.problem}</span></p>`
      : nothing;
  }

  private readonly handleTyped = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
  };

  private readonly handleErase = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy || !this.person) return;
    this.isBusy = true;
    this.problem = "";
    try {
      this.erasure = await this.session.client.privacy.erase(this.person.id, this.typed);
      this.follow();
    } catch (error) {
      this.problem = problemWords(error).words;
    } finally {
      this.isBusy = false;
    }
  };

  /** Asks how far it is until it has come to an end; what fails once is asked again. */
  private follow(): void {
    this.#timer = setTimeout(() => {
      void this.session.client.privacy
        .erasure(this.erasure!.id)
        .then((erasure) => (this.erasure = erasure))
        .catch(() => {})
        .then(() => {
          if (this.erasure?.state === "running" && this.isConnected) this.follow();
        });
    }, lookEveryMs);
  }

  private readonly handleClose = (): void => {
    clearTimeout(this.#timer);
    // Whoever was erased has no page any more.
    if (this.erasure) go(paths.customers());
  };
}
customElements.define("desk-erase-dialog", EraseDialog);
