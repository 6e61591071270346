import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { problemLine } from "@sidedesk/ui/surfaces";
import type { FormContext } from "./form-context.ts";

/** Push on this very device: what it is now, and where it cannot be turned on, why and what to do. */
export function pushRow({ push }: FormContext): TemplateResult {
  const { state } = push;
  const about = {
    unsupported: () =>
      msg("This browser cannot show messages. On an iPhone or iPad, add the page to the home screen first."),
    unready: () => msg("This site does not offer it yet."),
    denied: () =>
      msg("Your browser blocks messages from this site. Allow them beside the address, then come back here."),
    off: () => msg("Messages appear even when this page is closed."),
    on: () => msg("Messages appear even when this page is closed."),
    busy: () => msg("One moment"),
  };
  return html`<label class="wish"
      ><span
        >${msg("Push on this device")}<br /><span class="meta" id="push-about"
          >${state ? about[state]() : html`&nbsp;`}</span
        ></span
      ><input
        class="switch"
        type="checkbox"
        role="switch"
        name="push"
        aria-label=${msg("Push on this device")}
        aria-describedby="push-about push-problem"
        .checked=${state === "on"}
        ?disabled=${state !== "on" && state !== "off"}
        @change=${(event: Event) => {
          const input = event.target as HTMLInputElement;
          push.set(input.checked);
          input.checked = state === "on"; // it moves once it is so
        }}
    /></label>
    ${problemLine("push-problem", push.error || undefined)}`;
}
