import { msg } from "@lit/localize";
import { css, html } from "lit";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense } from "./console.styles.ts";

/**
 * @summary An address that leads nowhere.
 */
export class NotFound extends BaseElement {
  static override styles = [
    base,
    buttons,
    surfaces,
    dense,
    css`
      main {
        display: grid;
        place-items: center;
        block-size: 100%;
      }
    `,
  ];
  override render() {
    return html`<main>
      <div class="empty">
        ${emptyArt("broken")}
        <h1>${msg("There is no such page")}</h1>
        <p>${msg("The address may be mistyped, or the page has moved.")}</p>
        <a class="button" href=${paths.queue()}>${msg("Go to the queue")}</a>
      </div>
    </main>`;
  }
}
customElements.define("desk-not-found", NotFound);
