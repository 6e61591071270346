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
  /** Tickets whose typing is waited for as well, by id, separated by commas. What is not the caller's is left out. */
  tickets: z
    .string()
    .regex(/^[\w-]{1,64}(?:,[\w-]{1,64}){0,19}$/, "At most 20 ids of tickets, separated by commas.")
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
  /** What was only of the moment, if anything was. It carries no number and is not kept. */
  moments: z
    .array(
      z.strictObject({
        event: z.enum(["typing", "notification_state"]),
        moment: z.strictObject({ type: z.string(), occurredAt: time, data: z.unknown() }),
      }),
    )
    .optional(),
  /** Where to go on from. */
  last: z.string(),
  /** What was missed is no longer all there: everything on screen is to be fetched anew. */
  resync: z.boolean(),
});
export type LivePage = z.infer<typeof livePage>;
