import { consume } from "@lit/context";
import { html, nothing } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { BaseElement } from "@sidedesk/ui";
import { addWords, defineWebhookView, type WebhookView } from "@sidedesk/webhook-view";
import { sessionContext } from "../shell/contexts.ts";
import { wordsFor } from "../shell/late-words.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import { problemText } from "../shell/words.ts";

defineWebhookView();

/** Endpoints that a site may have, as the desk counts them. */
const most = 20;

/**
 * @summary The site's webhooks: the view that customers have of theirs, for those who look after the site.
 */
export class WebhooksSection extends BaseElement {
  @consume({ context: sessionContext }) private session!: Session;
  private readonly words = wordsFor(this, addWords);

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("desk-catch-up", this.handleCatchUp);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("desk-catch-up", this.handleCatchUp);
  }

  override render() {
    if (!this.words.spoken) return nothing;
    // Another site's are others: nothing of these stays.
    return keyed(
      this.session.slug,
      html`<sidedesk-webhook-view
        headless
        .api=${this.session.client.webhooks}
        .scope=${"site"}
        .most=${most}
        .locale=${locale()}
        .say=${problemText}
      ></sidedesk-webhook-view>`,
    );
  }

  private readonly handleCatchUp = (): void =>
    void this.renderRoot.querySelector<WebhookView>("sidedesk-webhook-view")?.refresh();
}
customElements.define("desk-setup-webhooks", WebhooksSection);
