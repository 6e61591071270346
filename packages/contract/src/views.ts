import { z } from "zod";
import { id, list, oneOrMore, page, pageQuery, text, time } from "./common.ts";
import { ticketPriorities, ticketStatuses } from "./lifecycle.ts";
import { ticketSorts } from "./tickets.ts";

/** One of the list's filters inside a body: as the address spells it, comma-separated, or as a list. Kept as it came. */
const either = <T extends z.ZodType>(spelled: T, most: number, item: z.ZodType<string>) =>
  z.union(
    [
      z.string().refine((value) => spelled.safeParse(value).success, "Not a value of this filter."),
      z.array(item).min(1).max(most),
    ],
    "A value of this filter, some with commas between them, or a list of them.",
  );
const free = either(list, 50, text(1, 254));

/** What narrows the list of tickets, by the list's own names. */
export const filterInput = z
  .strictObject({
    status: either(oneOrMore(ticketStatuses), 20, z.enum(ticketStatuses)),
    priority: either(oneOrMore(ticketPriorities), 20, z.enum(ticketPriorities)),
    category: free,
    assignee: free,
    team: free,
    tag: free,
    customer: free,
    q: text(1, 200),
  })
  .partial()
  .meta({ id: "TicketFilter" });
export type FilterInput = z.infer<typeof filterInput>;

const sort = z.enum(ticketSorts);
export const viewInput = z.strictObject({
  name: text(1, 80),
  filter: filterInput,
  sort: sort.optional(),
  shared: z.boolean().optional(),
});
export type ViewInput = z.infer<typeof viewInput>;
export const viewPatch = z
  .strictObject({ name: text(1, 80), filter: filterInput, sort: sort.nullable(), shared: z.boolean() })
  .partial();
export type ViewPatch = z.infer<typeof viewPatch>;
export const viewQuery = z.strictObject({ ...pageQuery, counts: z.enum(["true", "false"]).optional() });

export const viewOutput = z
  .strictObject({
    id,
    name: z.string(),
    filter: filterInput,
    sort: sort.nullable(),
    shared: z.boolean(),
    /** Whose it is: they and admins may change it. */
    owner: z.strictObject({ id, name: z.string() }),
    createdAt: time,
    /** With `counts=true`: how many tickets it shows now, 1000 standing for "1000 or more"; null when counting took too long. */
    count: z.number().nullable().optional(),
  })
  .meta({ id: "View" });
export type View = z.infer<typeof viewOutput>;
export const viewPage = page(viewOutput);
