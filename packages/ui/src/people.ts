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
  /** A machine's avatar: violet and square. */
  machine?: boolean;
}

/** A person by initials; nobody when the name is empty. Decoration: the name stands beside it. */
export function avatar(name: string | null | undefined, { size, machine }: AvatarOptions = {}): TemplateResult {
  const classes = ["avatar", size && `avatar-${size}`, machine ? "avatar-ai" : !name && "avatar-none"];
  const face = machine ? icon(sparklesIcon) : name ? initials(name) : icon(userIcon);
  return html`<span
    class=${classes.filter(Boolean).join(" ")}
    ${vars({ "--hue": hueOf(name || "") })}
    aria-hidden="true"
    >${face}</span
  >`;
}
