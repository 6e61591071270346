import { z } from "zod";
import { id, page, pageQuery, time } from "./common.ts";

/** Work that was given up, and what it was about. */
export const failedWork = z
  .strictObject({
    id,
    /** The kind of work, as in `queues` of the operations. */
    queue: z.string(),
    title: z.string(),
    attempts: z.number(),
    error: z.string().nullable(),
    failedAt: time,
  })
  .meta({ id: "FailedWork" });
export type FailedWork = z.infer<typeof failedWork>;
export const failedWorkPage = page(failedWork);
export const failedWorkQuery = z.strictObject({ queue: z.string().min(1).max(64).optional(), ...pageQuery });
export type FailedWorkQuery = z.infer<typeof failedWorkQuery>;

/** One piece of work, or all of a kind that were given up. */
export const retryWorkInput = z.strictObject({ queue: z.string().min(1).max(64), id: id.optional() });
export const retryWorkOutput = z.strictObject({ count: z.number() }).meta({ id: "RetriedWork" });

/** The address of the queues' screen. What lets its caller in is a cookie that came with it, for a quarter of an hour. */
export const queueScreen = z.strictObject({ url: z.string(), expiresAt: time }).meta({ id: "QueueScreen" });
export type QueueScreen = z.infer<typeof queueScreen>;

/** Something that is not as it should be, and since when as far as is known. */
export const trouble = z
  .strictObject({ name: z.string(), detail: z.string(), since: time.nullable() })
  .meta({ id: "Trouble" });
export type Trouble = z.infer<typeof trouble>;
