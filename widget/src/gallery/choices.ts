/** What the gallery shows, as its address says it. */
export interface Choice {
  element: string;
  state: string;
  theme: string;
  language: string;
  width: string;
}

const everywhere = ["filled", "loading", "empty", "error", "offline", "signed-out"] as const;
/** `visitor`: nobody is signed in, nor ever was. `closed`: the launcher alone. */
export type GalleryState = (typeof everywhere)[number] | "visitor" | "closed";

/** In the order in which pages meet them. */
export const elements = [
  "sidedesk-widget",
  "sidedesk-bell",
  "sidedesk-tickets",
  "sidedesk-ticket",
  "sidedesk-form",
  "sidedesk-notifications",
  "sidedesk-preferences",
  "sidedesk-webhooks",
  "sidedesk-portal",
] as const;
const more: Partial<Record<string, GalleryState[]>> = {
  "sidedesk-widget": ["visitor", "closed"],
  "sidedesk-form": ["visitor"],
  "sidedesk-portal": ["visitor"],
};
export const statesOf = (element: string): GalleryState[] => [...everywhere, ...(more[element] ?? [])];

export const themes = ["system", "light", "dark"] as const;
export const languages = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  pt: "Português",
  ja: "日本語",
  ar: "العربية",
} as const;
export const widths = ["375", "480", "768", "1280", "full"] as const;

const oneOf = (given: string | null, known: readonly string[]): string =>
  given !== null && known.includes(given) ? given : (known[0] ?? "");

/** What is not named, or not known, is as at first. */
export function readChoice(query: string): Choice {
  const given = new URLSearchParams(query);
  const element = oneOf(given.get("element"), elements);
  return {
    element,
    state: oneOf(given.get("state"), statesOf(element)),
    theme: oneOf(given.get("theme"), themes),
    language: oneOf(given.get("language"), Object.keys(languages)),
    width: oneOf(given.get("width"), widths),
  };
}
