import type { MailWords } from "./mail-words.ts";
import { ar } from "./words.ar.ts";
import { de } from "./words.de.ts";
import { en } from "./words.en.ts";
import { es } from "./words.es.ts";
import { fr } from "./words.fr.ts";
import { ja } from "./words.ja.ts";
import { pt } from "./words.pt.ts";

const words = { en, de, fr, es, pt, ja, ar } as const satisfies Record<string, MailWords>;
export type MailLanguage = keyof typeof words;
export const mailLanguages = Object.keys(words) as MailLanguage[];
export const mailWords: Readonly<Record<MailLanguage, MailWords>> = words;

/** The language of ours that a site's locale asks for; English where there is none. */
export function mailLanguageOf(locale: string): MailLanguage {
  const base = locale.toLowerCase().split("-")[0];
  return mailLanguages.find((one) => one === base) ?? "en";
}
