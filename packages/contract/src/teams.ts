import { z } from "zod";
import { id, text, time } from "./common.ts";

const memberIds = z
  .array(id)
  .max(500, "At most 500 members.")
  .transform((all) => [...new Set(all)]);

export const teamInput = z.strictObject({
  name: text(1, 100),
  memberIds: memberIds.default([]),
  roundRobin: z.boolean().default(false),
});
export type TeamInput = z.output<typeof teamInput>;
/** What a browser sends. */
export type TeamDraft = z.input<typeof teamInput>;
export const teamPatch = z.strictObject({ name: text(1, 100), memberIds, roundRobin: z.boolean() }).partial();
export type TeamPatch = z.output<typeof teamPatch>;

export const teamOutput = z
  .strictObject({
    id,
    name: z.string(),
    memberIds: z.array(id),
    /** New tickets of the team go to its members in turn, past those who are away. */
    roundRobin: z.boolean(),
    createdAt: time,
  })
  .meta({ id: "Team" });
export type Team = z.infer<typeof teamOutput>;

/** How much lies with whom: open tickets, counted now. */
export const staffLoad = z
  .strictObject({
    staff: z.array(z.strictObject({ id, openTickets: z.number() })),
    teams: z.array(z.strictObject({ id, openTickets: z.number() })),
    /** Open tickets that are nobody's. */
    unassigned: z.number(),
  })
  .meta({ id: "StaffLoad" });
export type StaffLoad = z.infer<typeof staffLoad>;
