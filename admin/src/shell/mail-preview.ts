import { msg } from "@lit/localize";
import type { MailPreview } from "@sidedesk/contract";
import { css, html, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "./console.styles.ts";
import { dialogHead } from "./dialog-head.ts";
import { dialogStyles } from "./dialog.styles.ts";
import { notYet } from "./part.ts";
import { problemText } from "./words.ts";

const styles = css`
  dialog {
    --dialog: 680px;
  }
  dl {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 2px var(--sd-3);
    margin: 0;
    font: 400 var(--sd-type-dense);
  }
  dt {
    color: var(--sd-muted);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .frame {
    inline-size: 100%;
    block-size: min(520px, 58vh);
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    background: var(--sd-canvas);
  }
  pre.frame {
    margin: 0;
    padding: var(--sd-3) var(--sd-4);
    overflow: auto;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    font: 400 var(--sd-type-dense);
    font-family: var(--sd-family-mono);
    unicode-bidi: plaintext;
  }
  .forms {
    display: flex;
    gap: var(--sd-2);
  }
`;

/**
 * @summary Shows a mail as its reader sees it, as HTML in a sandbox or as text.
 */
export class MailPreviewDialog extends BaseElement {
  static override styles = [base, buttons, surfaces, dense, dialogStyles, styles];

  @state() private mail: MailPreview | null = null;
  @state() private asText = false;
  @state() private problem = "";
  @query("dialog") private dialog!: HTMLDialogElement;
  #load: () => Promise<MailPreview> = () => Promise.reject(new Error("nothing to show"));

  /** Opens at once, and shows what `load` brings. */
  show(load: () => Promise<MailPreview>): void {
    this.#load = load;
    this.asText = false;
    this.dialog.showModal();
    void this.look();
  }

  private async look(): Promise<void> {
    const load = this.#load;
    this.mail = null;
    this.problem = "";
    try {
      const mail = await load();
      if (load === this.#load) this.mail = mail;
    } catch (error) {
      if (load === this.#load) this.problem = problemText(error);
    }
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${this.handleClose}>
      ${dialogHead(msg("Preview"), () => this.dialog.close())}
      <div class="body">${this.mail ? this.renderMail(this.mail) : notYet(this.problem, () => this.look())}</div>
    </dialog>`;
  }

  private renderMail({ from, to, subject, text, htmlUrl }: MailPreview): TemplateResult {
    const choice = (isText: boolean, words: string) =>
      html`<button
        class="button button-s"
        type="button"
        aria-pressed=${this.asText === isText}
        @click=${() => (this.asText = isText)}
      >
        ${words}
      </button>`;
    return html`<dl>
        <dt>${msg("Sender")}</dt>
        <dd>${from}</dd>
        <dt>${msg("Recipient")}</dt>
        <dd>${to}</dd>
        <dt>${msg("Subject")}</dt>
        <dd>${subject}</dd>
      </dl>
      <div class="forms" role="group" aria-label=${msg("Shown as")}>
        ${choice(false, msg("As most see it"))} ${choice(true, msg("As text"))}
      </div>
      ${
        this.asText
          ? html`<pre class="frame" tabindex="0">${text}</pre>`
          : html`<iframe class="frame" title=${subject} sandbox src=${htmlUrl}></iframe>`
      }
      <p class="meta">${msg("Links of a preview lead nowhere.")}</p>`;
  }

  private readonly handleClose = (): void => {
    this.mail = null;
    this.problem = "";
  };
}
customElements.define("desk-mail-preview", MailPreviewDialog);
