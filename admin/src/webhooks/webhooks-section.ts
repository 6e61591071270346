import { consume } from "@lit/context";
import { html, nothing } from "lit";
import { state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { BaseElement } from "@sidedesk/ui";
import { addWords, defineWebhookView, type WebhookView } from "@sidedesk/webhook-view";
import { sessionContext } from "../shell/contexts.ts";
import { locale, wordsOf } from "../shell/localization.ts";
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
  @state() private isReady = false;

  constructor() {
    super();
    new Watch(this, () => this.session);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("desk-catch-up", this.handleCatchUp);
    const language = document.documentElement.lang;
    const words = wordsOf[language];
    // Words that cannot be had now leave English, which is better than nothing.
    void (words ? addWords(language, words) : Promise.resolve())
      .catch(() => undefined)
      .then(() => (this.isReady = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("desk-catch-up", this.handleCatchUp);
  }

  override render() {
    if (!this.isReady) return nothing;
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
