import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { problemLine } from "@sidedesk/ui/surfaces";
import type { FormContext } from "./form-context.ts";
import { switchRow } from "./switch-row.ts";

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
  return html`${switchRow({
    name: "push",
    word: msg("Push on this device"),
    about: state ? about[state]() : html`&nbsp;`,
    isOn: state === "on",
    isDisabled: state !== "on" && state !== "off",
    describedBy: "push-problem",
    change: (input) => {
      push.set(input.checked);
      input.checked = state === "on"; // it moves once it is so
    },
  })}
  ${problemLine("push-problem", push.error || undefined)}`;
}
