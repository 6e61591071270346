/** Folds case, width and accents, so that "Zürich" is found by "zurich". */
export const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
