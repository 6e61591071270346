import { lateWords } from "@sidedesk/ui/add-words";

/** Adds the words of this view to those of its host, once it is shown. */
export const addWords = lateWords({
  ar: () => import("./locales/ar.ts"),
  de: () => import("./locales/de.ts"),
  es: () => import("./locales/es.ts"),
  fr: () => import("./locales/fr.ts"),
  ja: () => import("./locales/ja.ts"),
  pt: () => import("./locales/pt.ts"),
});
