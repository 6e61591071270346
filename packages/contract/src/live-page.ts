import { z } from "zod";
import { time } from "./common.ts";

const number = z.string().regex(/^\d{1,15}$/, "A number that a live event carried.");

/** What happened since, for whoever cannot hold a connection open. */
export const livePageQuery = z.strictObject({
  /** The number of the last event seen. Without it nothing is waited for: the answer says where the stream is. */
  after: number.optional(),
  /** Seconds to wait for something to happen; not at all without it. */
  wait: z
    .string()
    .regex(/^(?:\d|1\d|2[0-5])$/, "0 to 25 seconds.")
    .optional(),
});
export const livePage = z.strictObject({
  /** In the order of their numbers, at most 100. */
  entries: z.array(
    z.strictObject({
      event: z.enum([
        "notification",
        "ticket_update",
        "comment",
        "metrics_update",
        "compliance_update",
        "invoice_created",
        "event",
      ]),
      entry: z.strictObject({ id: z.string(), type: z.string(), occurredAt: time, data: z.unknown() }),
    }),
  ),
  /** Where to go on from. */
  last: z.string(),
  /** What was missed is no longer all there: everything on screen is to be fetched anew. */
  resync: z.boolean(),
});
export type LivePage = z.infer<typeof livePage>;
