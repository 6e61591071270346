/** What Tab can reach, shadow roots included, in the order of the page. */
export function focusable(root: ParentNode): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const node of root.querySelectorAll<HTMLElement>("*")) {
    if (node.shadowRoot) found.push(...focusable(node.shadowRoot));
    else if (node.tabIndex >= 0 && !node.matches(":disabled") && node.getClientRects().length > 0) found.push(node);
  }
  return found;
}

/** The focused element, looked for through open shadow roots. */
export function deepActiveElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}
