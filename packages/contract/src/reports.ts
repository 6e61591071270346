import { z } from "zod";
import { ticketQuery } from "./tickets.ts";

/** The columns of a CSV of tickets, going out and coming in. A category's own fields follow as `field_<key>`. */
export const ticketColumns = [
  "number",
  "subject",
  "description",
  "status",
  "priority",
  "category",
  "tags",
  "customer_email",
  "customer_name",
  "assignee_email",
  "created_at",
  "updated_at",
  "first_responded_at",
  "resolved_at",
  "rating",
] as const;
export type TicketColumn = (typeof ticketColumns)[number];
/** What stands before the key of a category's own field in a column's name. */
export const fieldColumnPrefix = "field_";

/** Orders that a change to a ticket does not move it in: so each ticket comes once, whatever happens during an export. */
export const exportSorts = ["createdAt", "-createdAt", "number", "-number"] as const;
export type ExportSort = (typeof exportSorts)[number];
/** The list's filters. */
export const exportQuery = ticketQuery
  .omit({ limit: true, cursor: true, sort: true })
  .extend({ sort: z.enum(exportSorts).optional() });
export type ExportQuery = z.infer<typeof exportQuery>;
