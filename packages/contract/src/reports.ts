import { z } from "zod";
import { id, list, oneOrMore, page, pageQuery, text, time } from "./common.ts";
import { historyEntry, spread, staffStats, status, ticketQuery } from "./tickets.ts";

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

/** A date is a day of the site's time zone, a time the moment itself. */
const dateOrTime = z.union(
  [z.iso.date(), z.iso.datetime({ offset: true })],
  "A date (2026-01-31) or a time (2026-01-31T14:30:00Z).",
);
/** An overview covers at most so many days. */
export const mostReportDays = 1100;
/** `to` as a date is the last day, as a time the end; by default the last 30 days. */
export const overviewQuery = z.strictObject({ from: dateOrTime.optional(), to: dateOrTime.optional() });
export type OverviewQuery = z.infer<typeof overviewQuery>;

const { slaMetShare, csat, total, byStatus, byPriority, byCategory, openShare } = staffStats.shape;
export const reportDay = z.strictObject({
  /** A day of the site's time zone. */
  date: z.iso.date(),
  /** Tickets created on the day; the other figures but `resolved` are of these. */
  total,
  /** Tickets solved on the day, whenever they were created. */
  resolved: z.number(),
  firstResponse: spread,
  resolution: spread,
  slaMetShare,
  csat,
});
export type ReportDay = z.infer<typeof reportDay>;
/** The figures of the tickets created in a span, as they stand now. */
export const overview = z
  .strictObject({
    from: time,
    to: time,
    timezone: z.string(),
    totals: z.strictObject({ total, resolved: z.number(), byStatus, byPriority, byCategory, openShare }),
    firstResponse: spread,
    resolution: spread,
    slaMetShare,
    /** Promised first answers that came in time, and those that did not: of those answered late, by how many seconds. */
    sla: z.strictObject({ met: z.number(), breached: z.number(), lateBy: spread }),
    csat,
    perDay: z.array(reportDay),
  })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof overview>;

export const importAccepted = z.strictObject({ id }).meta({ id: "ImportAccepted" });
export const importOutput = z
  .strictObject({
    id,
    state: z.enum(["pending", "running", "done", "failed"]),
    /** Rows dealt with, whether they came in or not, and rows of the file. */
    done: z.number(),
    total: z.number(),
    imported: z.number(),
    rejected: z.number(),
    /** Rows whose ticket another file had brought in before. */
    alreadyThere: z.number(),
    /** People of a JSON file, whom tickets name by number; kept for 30 days for other files of the same export. */
    people: z.number(),
    /** Files that tickets name and that were not brought along. */
    filesLeft: z.number(),
    /** The first hundred of those rejected, by the line on which they begin or, in JSON, by which ticket of the file it is; lists of imports leave them out. */
    errors: z.array(z.strictObject({ row: z.number(), message: z.string() })),
    name: z.string(),
    by: z.string(),
    createdAt: time,
    finishedAt: time.nullable(),
    /** Why the file as a whole could not be read on. */
    problem: z.string().nullable(),
  })
  .meta({ id: "Import" });
export type Import = z.infer<typeof importOutput>;
export const importPage = page(importOutput);

/** What happens to tickets, as the feed names it. */
export const activityTypes = [
  "ticket.created",
  "ticket.updated",
  "ticket.status_changed",
  "ticket.assigned",
  "ticket.sla_warning",
  "ticket.sla_breached",
  "ticket.merged",
  "ticket.unmerged",
  "ticket.rated",
  "comment.created",
] as const;
export const activityQuery = z.strictObject({
  type: oneOrMore(activityTypes).optional(),
  /** Ids of staff or customers. */
  actor: list.optional(),
  /** Id or number. */
  ticket: text(1, 128).optional(),
  ...pageQuery,
});
export type ActivityQuery = z.infer<typeof activityQuery>;
export const activityEntry = historyEntry
  .extend({
    ticket: z.strictObject({ id, number: z.string(), subject: z.string(), status }).nullable(),
    channel: z.enum(["widget", "form", "api", "import", "console", "email", "system"]),
  })
  .meta({ id: "ActivityEntry" });
export type ActivityEntry = z.infer<typeof activityEntry>;
export const activityPage = page(activityEntry);
