import { WebhookAsk } from "./webhook-ask.ts";
import { WebhookForm } from "./webhook-form.ts";
import { WebhookLog } from "./webhook-log.ts";
import { WebhookMenu } from "./webhook-menu.ts";
import { WebhookReplay } from "./webhook-replay.ts";
import { WebhookSample } from "./webhook-sample.ts";
import { WebhookSecret } from "./webhook-secret.ts";
import { WebhookView } from "./webhook-view.ts";

const elements = {
  "sidedesk-webhook-view": WebhookView,
  "sidedesk-webhook-log": WebhookLog,
  "sidedesk-webhook-form": WebhookForm,
  "sidedesk-webhook-ask": WebhookAsk,
  "sidedesk-webhook-replay": WebhookReplay,
  "sidedesk-webhook-secret": WebhookSecret,
  "sidedesk-webhook-sample": WebhookSample,
  "sidedesk-webhook-menu": WebhookMenu,
};

/** Registers the view and its parts, unless the page has them already. */
export function defineWebhookView(): void {
  for (const [tag, element] of Object.entries(elements))
    if (!customElements.get(tag)) customElements.define(tag, element);
}
