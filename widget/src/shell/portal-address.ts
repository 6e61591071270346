import type { DoorView } from "./door/door-words.ts";

/** A step of the way in by an account, whose code few load: most come by a link in a mail. */
export const isDoor = (view: string): view is DoorView => /^(sign-in|register|forgot|verify|reset)$/.test(view);

/** The views by what the address says behind `#`. */
const views: Record<string, string> = {
  home: "home",
  requests: "tickets",
  updates: "notifications",
  new: "new",
  webhooks: "webhooks",
  settings: "settings",
};

/** What the part of the address behind `#` says: a view, and what a mailed link brought. */
export function readAddress(): { view: string; token: string | null } {
  const fragment = location.hash.slice(1);
  const values = new URLSearchParams(fragment);
  const ticket = values.get("ticket");
  const token = values.get("token");
  if (ticket) return { view: `ticket:${ticket}`, token };
  const named = fragment.split("&")[0] ?? "";
  return { view: isDoor(named) ? named : (views[fragment] ?? "home"), token };
}

/** The address of a view, without any token. */
export function addressOf(view: string): string {
  if (view.startsWith("ticket:")) return `#ticket=${encodeURIComponent(view.slice(7))}`;
  if (isDoor(view)) return `#${view}`;
  return `#${Object.keys(views).find((name) => views[name] === view) ?? "home"}`;
}
