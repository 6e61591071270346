export interface Words {
  templates: object;
}
export type LoadWords = () => Promise<Words>;

/**
 * Gives a view that is loaded late its own words, so that nobody else loads them. They are added to those of its host once
 * it is shown: both are translations found by what is said, and `msg()` looks into the host's.
 */
export const lateWords =
  (own: Record<string, LoadWords>) =>
  async (language: string, host: LoadWords): Promise<void> => {
    const load = own[language];
    if (!load) return; // English is in the code
    const [theirs, ours] = await Promise.all([host(), load()]);
    for (const [id, words] of Object.entries(ours.templates))
      (theirs.templates as Record<string, unknown>)[id] ??= words;
  };
