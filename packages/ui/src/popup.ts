/**
 * Opens `popup` (an element with the `popover` attribute) beside its trigger: below where there is room, above where
 * there is more, always inside the window. Works in the top layer, so no stacking context of a page can cover it.
 * Closing gives the focus back to the trigger: what the browser does by itself it does not do inside a shadow tree.
 */
export function openPopup(popup: HTMLElement, trigger: HTMLElement, align: "start" | "end" = "start"): void {
  popup.showPopover();
  popup.addEventListener("beforetoggle", () => popup.matches(":focus-within") && trigger.focus(), { once: true });
  const anchor = trigger.getBoundingClientRect();
  const size = popup.getBoundingClientRect();
  const rtl = getComputedStyle(trigger).direction === "rtl";
  const below = window.innerHeight - anchor.bottom - 8;
  const up = size.height > below && anchor.top > below;
  const wantsLeft = (align === "start") !== rtl ? anchor.left : anchor.right - size.width;
  Object.assign(popup.style, {
    position: "fixed",
    margin: "0",
    inset: "auto",
    left: `${Math.max(8, Math.min(wantsLeft, window.innerWidth - size.width - 8))}px`,
    maxHeight: `${Math.max(120, (up ? anchor.top : below + 8) - 16)}px`,
    minWidth: `${Math.round(anchor.width)}px`,
    [up ? "bottom" : "top"]: `${(up ? window.innerHeight - anchor.top : anchor.bottom) + 4}px`,
  });
}
