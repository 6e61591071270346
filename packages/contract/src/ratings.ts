import { z } from "zod";
import { text, time } from "./common.ts";

const score = z.number().int().min(1).max(5);
export const ratingCommentMax = 2000;
const comment = text(0, ratingCommentMax).optional();

export const ratingInput = z.strictObject({ score, comment });
/** As the page behind the mailed link posts it: its token says whose ticket is rated. */
export const linkRatingInput = z.strictObject({ token: z.string().min(1).max(4096), score, comment });
export type RatingInput = z.infer<typeof ratingInput>;

export const ratingOutput = z
  .strictObject({ score: z.number(), comment: z.string().nullable(), createdAt: time })
  .meta({ id: "Rating" });
export type Rating = z.infer<typeof ratingOutput>;
