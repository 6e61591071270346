import { z } from "zod";
import { email, id, page, pageQuery, text, time } from "./common.ts";
import { ticketOutput } from "./tickets.ts";

/** A customer as staff and the owner's systems see one. Notes are staff's own and never shown to the customer. */
const profile = {
  id,
  externalId: z.string().nullable(),
  name: z.string(),
  email: z.string(),
  notes: z.string(),
  /** They want no mail about their requests: by the link of one, or in their settings. */
  unsubscribed: z.boolean(),
  /** When they were first and last seen: a session, a request, somebody's import. */
  createdAt: time,
  lastSeenAt: time,
};
export const customerProfile = z.strictObject(profile).meta({ id: "CustomerProfile" });
export type CustomerProfile = z.infer<typeof customerProfile>;

/** With their history: how much they have asked, and the latest of it. */
export const customerDetail = z
  .strictObject({
    ...profile,
    tickets: z.strictObject({
      total: z.number(),
      open: z.number(),
      firstAt: time.nullable(),
      lastAt: time.nullable(),
    }),
    /** The ten newest. */
    recentTickets: z.array(ticketOutput),
  })
  .meta({ id: "CustomerDetail" });
export type CustomerDetail = z.infer<typeof customerDetail>;

export const customerSorts = ["createdAt", "-createdAt", "name", "-name"] as const;
export type CustomerSort = (typeof customerSorts)[number];
export const customerQuery = z.strictObject({
  /** Beginnings of words of name, address and the host's id. */
  q: text(1, 200).optional(),
  sort: z.enum(customerSorts).optional(),
  ...pageQuery,
});
export type CustomerQuery = z.infer<typeof customerQuery>;
export const customerPage = page(customerProfile);

export const customerPatch = z.strictObject({ name: text(1, 200), email, notes: text(0, 5000) }).partial();
export type CustomerPatch = z.infer<typeof customerPatch>;
