import { html, type TemplateResult } from "lit";
import { icon } from "./icon.ts";
import { sparklesIcon, userIcon } from "./core-icons.ts";
import { vars } from "./vars.ts";

/** One or two letters that stand for a name; they may be any script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : ([...(words[0] ?? "")][1] ?? "");
  return first + last;
}

/** The same name has the same hue everywhere and every day. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return Math.round(sum / 10 / 15) * 15;
}

export interface AvatarOptions {
  size?: "s" | "l";
  /** A green dot: this person is here now. */
  here?: boolean;
  /** A machine's avatar: violet and square. */
  machine?: boolean;
}

/** A person by initials; nobody when the name is empty. Decoration: the name stands beside it. */
export function avatar(name: string | null | undefined, options: AvatarOptions = {}): TemplateResult {
  const classes = [
    "avatar",
    options.size === "s" && "avatar-s",
    options.size === "l" && "avatar-l",
    options.here && "avatar-on",
    options.machine && "avatar-ai",
    !options.machine && !name && "avatar-none",
  ]
    .filter(Boolean)
    .join(" ");
  if (options.machine) return html`<span class=${classes} aria-hidden="true">${icon(sparklesIcon)}</span>`;
  if (!name) return html`<span class=${classes} aria-hidden="true">${icon(userIcon)}</span>`;
  return html`<span class=${classes} ${vars({ "--hue": hueOf(name) })} aria-hidden="true">${initials(name)}</span>`;
}
