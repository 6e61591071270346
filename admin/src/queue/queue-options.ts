import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { icon } from "@sidedesk/ui/icon";
import { slidersHorizontalIcon } from "@sidedesk/ui/icons";
import { openPopup } from "@sidedesk/ui/popup";
import { popup } from "@sidedesk/ui/popup.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { dense } from "../shell/console.styles.ts";
import { directoryContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { Watch } from "../shell/store.ts";
import { allColumns } from "./columns.ts";
import { preferences, type Density } from "./preferences.ts";

const styles = css`
  :host {
    flex: none;
  }
  .options {
    inline-size: 232px;
    padding: var(--sd-3);
  }
  fieldset {
    border: 0;
    padding: 0;
    margin: 0 0 var(--sd-3);
    min-inline-size: 0;
  }
  legend {
    padding: 0 0 var(--sd-1);
    font: 600 var(--sd-type-dense);
  }
  .segmented {
    display: flex;
  }
  .segmented > button {
    flex: 1;
  }
  label {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: max(28px, var(--sd-target));
    font: 400 var(--sd-type-dense);
    cursor: pointer;
  }
  label span {
    overflow-wrap: anywhere;
  }
`;

/**
 * @summary How the table looks: how tight its rows stand and which columns it has. Kept for this person.
 */
export class QueueOptions extends BaseElement {
  static override styles = [base, buttons, choosing, fields, surfaces, popup, dense, styles];

  @consume({ context: directoryContext }) private directory!: Directory;
  @state() private open = false;
  @query(".trigger") private trigger!: HTMLButtonElement;
  @query(".popup") private popup!: HTMLElement;

  constructor() {
    super();
    new Watch(this, () => preferences);
    new Watch(this, () => this.directory);
  }

  override render() {
    const label = msg("Columns and density");
    return html`<button
        class="icon-button icon-button-s trigger"
        type="button"
        aria-label=${label}
        title=${label}
        aria-haspopup="dialog"
        aria-expanded=${this.open ? "true" : "false"}
        @click=${this.handleOpen}
      >
        ${icon(slidersHorizontalIcon)}
      </button>
      <div
        class="popup menu options"
        popover="auto"
        role="dialog"
        aria-label=${label}
        @toggle=${(event: ToggleEvent) => (this.open = event.newState === "open")}
        @keydown=${this.handleKey}
      >
        ${this.open ? this.renderChoices() : nothing}
      </div>`;
  }

  private renderChoices() {
    const densities: [Density, string][] = [
      ["comfortable", msg("Comfortable")],
      ["compact", msg("Compact")],
    ];
    return html`<fieldset>
        <legend>${msg("Rows")}</legend>
        <div class="segmented">
          ${densities.map(
            ([density, label]) =>
              html`<button
                type="button"
                aria-pressed=${preferences.density === density ? "true" : "false"}
                @click=${() => preferences.setDensity(density)}
              >
                ${label}
              </button>`,
          )}
        </div>
      </fieldset>
      <fieldset>
        <legend>${msg("Columns")}</legend>
        ${allColumns(this.directory.categories).map(
          ({ key, label }) =>
            html`<label
              ><input
                class="check"
                type="checkbox"
                .checked=${preferences.columns.includes(key)}
                @change=${() => preferences.toggleColumn(key)}
              /><span>${label}</span></label
            >`,
        )}
      </fieldset>
      <button class="button button-s" type="button" @click=${() => preferences.reset()}>${msg("As it was")}</button>`;
  }

  private readonly handleOpen = async (): Promise<void> => {
    if (this.open) return this.popup.hidePopover();
    this.open = true;
    await this.updateComplete;
    openPopup(this.popup, this.trigger, "end");
    this.popup.querySelector<HTMLElement>("button")?.focus();
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.popup.hidePopover();
    this.trigger.focus();
  };
}
customElements.define("desk-queue-options", QueueOptions);
