import type { PublicSite } from "@sidedesk/contract";

/**
 * Gives an element the theme that the site's set-up names. What the page itself sets in `--sidedesk-…` wins: it is the
 * nearer word of the same owner.
 */
export function applyTheme(host: HTMLElement, theme: PublicSite["theme"]): void {
  const given = getComputedStyle(host);
  const wear = (name: string, value = ""): void => {
    if (value && !given.getPropertyValue(name).trim()) host.style.setProperty(name, value);
  };
  for (const [role, value] of Object.entries(theme.colors ?? {})) wear(`--sidedesk-${role}`, value);
  for (const [role, value] of Object.entries(theme.dark ?? {})) wear(`--sidedesk-${role}-dark`, value);
  wear("--sidedesk-radius", theme.radius === undefined ? "" : `${theme.radius}px`);
  wear("--sidedesk-font", theme.font);
  if (theme.scheme && theme.scheme !== "inherit" && !host.hasAttribute("theme"))
    host.setAttribute("theme", theme.scheme);
}
