import { msg } from "@lit/localize";
import { icon } from "@sidedesk/ui/icon";
import { checkIcon, circleAlertIcon, hourglassIcon } from "@sidedesk/ui/icons";
import { html, nothing, type TemplateResult } from "lit";
import type { SaveState } from "./preferences-book.ts";

/** Beside the heading: whether what was changed has been kept. Read out when it changes. */
export function saveState(state: SaveState): TemplateResult {
  const shown = {
    idle: null,
    saving: { tone: "muted", sign: html`<span class="spin"></span>`, word: msg("Saving") },
    saved: { tone: "success", sign: icon(checkIcon), word: msg("Saved") },
    waiting: { tone: "warning", sign: icon(hourglassIcon), word: msg("Waiting to be saved") },
    refused: { tone: "error", sign: icon(circleAlertIcon), word: msg("Not saved") },
  }[state];
  return html`<span class="status save" part="saved" role="status" data-tone=${shown?.tone ?? nothing}
    >${shown ? html`${shown.sign}${shown.word}` : nothing}</span
  >`;
}
