export { defineWebhookView } from "./define.ts";
export { WebhookView, type WebhookScope } from "./webhook-view.ts";
export { addWords } from "./words.ts";
