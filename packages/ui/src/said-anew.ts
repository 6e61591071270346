/** `words` for a live region that says `spoken` now: what does not change is not read out again. */
export const saidAnew = (words: string, spoken: string): string => (words === spoken ? `${words}\u00a0` : words);
