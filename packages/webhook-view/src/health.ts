import { msg, str } from "@lit/localize";
import type { Webhook } from "@sidedesk/contract";
import { timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { circlePauseIcon, triangleAlertIcon } from "@sidedesk/ui/icons";
import { glyph, type Tone } from "@sidedesk/ui/marks";
import { html, type TemplateResult } from "lit";
import { eventsWords, heldWords } from "./said.ts";

/** Whose endpoints are on show: a customer's own, or the site's. */
export type WebhookScope = "customer" | "site";

/** How an endpoint does, in words: its state, and what there is to say of it. */
export interface Health {
  tone: Tone;
  mark: TemplateResult;
  word: string;
  more: string;
}

export function healthOf(hook: Webhook, scope: WebhookScope, locale: string): Health {
  const events = eventsWords(hook.events.length, locale);
  const held = hook.heldCount > 0 ? heldWords(hook, locale) : "";
  if (hook.state === "disabled") {
    const word = scope === "customer" ? msg("Paused by us") : msg("Paused by Sidedesk");
    return { tone: "error", mark: icon(circlePauseIcon), word, more: held || msg("It failed for days") };
  }
  if (hook.state === "paused") {
    const word = scope === "customer" ? msg("Paused by you") : msg("Paused");
    return { tone: "muted", mark: icon(circlePauseIcon), word, more: held || events };
  }
  if (hook.failingSince) {
    const since = timeAgo(hook.failingSince, locale);
    return {
      tone: "error",
      mark: icon(triangleAlertIcon),
      word: msg("Failing"),
      more: msg(str`First failed ${since}`),
    };
  }
  if (hook.lastSuccessAt) {
    const last = timeAgo(hook.lastSuccessAt, locale);
    return {
      tone: "success",
      mark: glyph("done", "success"),
      word: msg("Delivering"),
      more: msg(str`${events}, last call ${last}`),
    };
  }
  return { tone: "info", mark: glyph("open", "info"), word: msg("Ready"), more: msg(str`${events}, no call yet`) };
}

/** State as a mark and a word. */
export const healthLine = ({ tone, mark, word }: Health): TemplateResult =>
  html`<span class="status" data-tone=${tone}>${mark}${word}</span>`;
