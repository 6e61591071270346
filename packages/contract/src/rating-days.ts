// A file of its own: who never rates never loads it.

/** Days after a rating in which its customer may change it. */
export const ratingDays = 7;

/** Whether a rating given at `ratedAt` can still be changed. */
export const mayRateAgain = (ratedAt: Date | string, now: number = Date.now()): boolean =>
  now - new Date(ratedAt).getTime() <= ratingDays * 86_400_000;
