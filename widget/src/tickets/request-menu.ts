import { msg } from "@lit/localize";
import type { TicketStatus } from "@sidedesk/contract";
import { icon, type IconShape } from "@sidedesk/ui/icon";
import { checkIcon, clockIcon, copyIcon, rotateCwIcon, xIcon } from "@sidedesk/ui/icons";
import { openPopup } from "@sidedesk/ui/popup";
import { popup } from "@sidedesk/ui/popup.styles";
import { html, nothing, type TemplateResult } from "lit";

/** What a customer may do with a request, behind three dots. In the top layer, so that nothing cuts it off. */
export function requestMenu(
  moves: readonly TicketStatus[],
  number: string,
  act: { move: (status: TicketStatus) => void; history: () => void },
): TemplateResult {
  const words: Partial<Record<TicketStatus, [string, IconShape]>> = {
    resolved: [msg("Mark as solved"), checkIcon],
    open: [msg("Open it again"), rotateCwIcon],
    closed: [msg("Close the request"), xIcon],
  };
  const item = (word: string, shape: IconShape, choose: () => void) =>
    html`<button class="choice" type="button" role="menuitem" tabindex="-1" @click=${choose}>
      ${icon(shape)}${word}
    </button>`;
  return html`<div
    class="popup menu"
    popover
    role="menu"
    aria-labelledby="more"
    @click=${closeMenu}
    @keydown=${handleKey}
  >
    ${moves.map((status) => {
      const [word, shape] = words[status] ?? [];
      return word && shape ? item(word, shape, () => act.move(status)) : nothing;
    })}
    ${item(msg("History"), clockIcon, act.history)}
    ${item(msg("Copy the number"), copyIcon, () => void navigator.clipboard?.writeText(number).catch(() => undefined))}
  </div>`;
}

/** Opens the menu that follows its button. What it looks like comes along with it. */
export function openRequestMenu(button: HTMLElement): void {
  const { adoptedStyleSheets } = button.getRootNode() as ShadowRoot;
  const sheet = popup.styleSheet!;
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
  const menu = button.nextElementSibling as HTMLElement;
  openPopup(menu, button, "end");
  menu.querySelector<HTMLElement>(".choice")?.focus();
}

/** Closing gives the focus back. */
const closeMenu = (event: Event): void => (event.currentTarget as HTMLElement).hidePopover();

function handleKey(event: KeyboardEvent): void {
  if (event.key !== "Escape" && event.key !== "Tab") return;
  event.preventDefault();
  event.stopPropagation(); // only the menu closes
  closeMenu(event);
}
