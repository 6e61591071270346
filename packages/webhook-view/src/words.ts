import type { LocaleModule } from "@lit/localize";

type Words = Pick<LocaleModule, "templates">;
const own: Record<string, () => Promise<Words>> = {
  ar: () => import("./locales/ar.ts"),
  de: () => import("./locales/de.ts"),
  es: () => import("./locales/es.ts"),
  fr: () => import("./locales/fr.ts"),
  ja: () => import("./locales/ja.ts"),
  pt: () => import("./locales/pt.ts"),
};

/**
 * Adds the words of this view to those of its host, once it is shown: nobody else loads them. Both are the same translations,
 * found by what is said, and `msg()` looks into the host's.
 */
export async function addWords(language: string, host: () => Promise<Words>): Promise<void> {
  const load = own[language];
  if (!load) return; // English is in the code
  const [theirs, ours] = await Promise.all([host(), load()]);
  for (const [id, words] of Object.entries(ours.templates)) theirs.templates[id] ??= words;
}
