import { msg } from "@lit/localize";
import { css, html } from "lit";
import { query } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { dense } from "./console.styles.ts";
import { dialogHead } from "./dialog-head.ts";
import { dialogStyles } from "./dialog.styles.ts";
import { keysOn, switchKeys } from "./shortcuts.ts";

const styles = css`
  .groups {
    columns: 2 210px;
    column-gap: var(--sd-6);
    padding: var(--sd-5) var(--sd-5) var(--sd-1);
  }
  .groups section {
    break-inside: avoid;
    padding-block-end: var(--sd-4);
  }
  h3 {
    margin-block-end: var(--sd-2);
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 6px var(--sd-3);
    align-items: center;
  }
  dt {
    display: flex;
    gap: 4px;
    min-inline-size: 76px; /* the same in every group */
  }
  footer {
    justify-content: flex-start;
  }
  label {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: var(--sd-control);
  }
`;

/**
 * @summary All shortcuts, and the switch that turns single keys off.
 */
export class KeysDialog extends BaseElement {
  static override styles = [base, buttons, facts, fields, dense, dialogStyles, styles];

  @query("dialog") private dialog!: HTMLDialogElement;

  /** Opens the list. */
  show(): void {
    this.requestUpdate();
    this.dialog.showModal();
  }

  override render() {
    return html`<dialog aria-labelledby="title" @click=${this.handleBackdrop}>
      ${dialogHead(msg("Keyboard shortcuts"), () => this.dialog.close())}
      <div class="groups">
        ${this.groups().map(
          ([title, keys]) =>
            html`<section>
              <h3>${title}</h3>
              <dl>
                ${keys.map(
                  ([names, what]) =>
                    html`<dt>${names.map((name) => html`<kbd class="kbd">${name}</kbd>`)}</dt>
                      <dd>${what}</dd>`,
                )}
              </dl>
            </section>`,
        )}
      </div>
      <footer>
        <label
          ><input
            class="switch"
            type="checkbox"
            role="switch"
            .checked=${keysOn()}
            @change=${(event: Event) => switchKeys((event.target as HTMLInputElement).checked)}
          />${msg("Single keys do something")}</label
        >
      </footer>
    </dialog>`;
  }

  private groups(): [string, [string[], string][]][] {
    return [
      [
        msg("Everywhere"),
        [
          [["j", "k"], msg("next, previous")],
          [["Enter"], msg("open")],
          [["/"], msg("search")],
          [["g", "q"], msg("go to the queue")],
          [["g", "c"], msg("go to the customers")],
          [["g", "r"], msg("go to the reports")],
          [["g", "s"], msg("go to set-up")],
          [["?"], msg("all keys")],
        ],
      ],
      [
        msg("Queue"),
        [
          [["x"], msg("select")],
          [["Shift", "x"], msg("select up to here")],
          [["Esc"], msg("clear the selection")],
        ],
      ],
      [
        msg("Ticket, and selected rows"),
        [
          [["r"], msg("reply")],
          [["n"], msg("note")],
          [["a"], msg("assign")],
          [["m"], msg("assign to me")],
          [["e"], msg("resolve")],
          [["p"], msg("priority")],
          [["t"], msg("tag")],
          [["u"], msg("back to the queue")],
          [["Ctrl", "Enter"], msg("send")],
          [["Esc"], msg("leave the composer")],
        ],
      ],
    ];
  }

  private handleBackdrop(event: MouseEvent): void {
    if (event.target === this.dialog) this.dialog.close();
  }
}
customElements.define("desk-keys", KeysDialog);
