import { msg } from "@lit/localize";
import { html } from "lit";
import { query } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { dense } from "./console.styles.ts";
import { dialogStyles } from "./dialog.styles.ts";

/**
 * @summary Asks whether what is not saved may be lost.
 */
export class LeaveDialog extends BaseElement {
  static override styles = [base, buttons, dense, dialogStyles];

  @query("dialog") private dialog!: HTMLDialogElement;
  private leave: () => void = () => {};

  /** @param leave is called when somebody says so */
  ask(leave: () => void): void {
    this.leave = leave;
    if (!this.dialog.open) this.dialog.showModal();
  }

  override render() {
    return html`<dialog role="alertdialog" aria-labelledby="title" aria-describedby="what">
      <header>
        <h2 id="title">${msg("Leave without saving?")}</h2>
      </header>
      <div class="body">
        <p id="what">${msg("What you changed here is not saved yet. It would be lost.")}</p>
      </div>
      <footer>
        <button class="button button-danger" type="button" @click=${this.handleLeave}>
          ${msg("Leave without saving")}</button
        ><button class="button button-primary" type="button" autofocus @click=${() => this.dialog.close()}>
          ${msg("Stay here")}
        </button>
      </footer>
    </dialog>`;
  }

  private readonly handleLeave = (): void => {
    this.dialog.close();
    this.leave();
  };
}
customElements.define("desk-leave", LeaveDialog);
