import { counter } from "../core/http/metrics.ts";

const attempts = counter(
  "sidedesk_webhook_attempts_total",
  "Attempts to deliver to webhook endpoints, by what came of them",
  ["class"],
);

export const countAttempt = (name: string): void => attempts({ class: name });
