import { z } from "zod";
import { customerRef } from "./accounts.ts";
import { id, isStorable, oneOrMore, page, pageQuery, text, time } from "./common.ts";

export const noticeTypes = ["ticket", "billing", "compliance", "alert", "info"] as const;
export type NoticeType = (typeof noticeTypes)[number];

export const notificationOutput = z
  .strictObject({
    id,
    type: z.enum(noticeTypes),
    title: z.string(),
    message: z.string(),
    /** Where a click leads: an address, or `ticket:<id>` for a ticket in the widget, portal or console. */
    link: z.string().nullable(),
    data: z.record(z.string(), z.unknown()),
    read: z.boolean(),
    createdAt: time,
  })
  .meta({ id: "Notification" });
export type Notification = z.infer<typeof notificationOutput>;

export const notificationQuery = z.strictObject({
  type: oneOrMore(noticeTypes).optional(),
  unread: z.enum(["true", "false"]).optional(),
  sort: z.enum(["newest", "oldest", "unread"]).optional(),
  /** `true`: the answer says how many there are of each type. */
  counts: z.enum(["true", "false"]).optional(),
  ...pageQuery,
});
const noticeCount = z.strictObject({ total: z.number(), unread: z.number() });
export const notificationPage = page(notificationOutput).extend({
  unreadCount: z.number(),
  /** All that the caller has, whatever else was asked for; only where the query says `counts=true`. */
  counts: z
    .strictObject({
      ticket: noticeCount,
      billing: noticeCount,
      compliance: noticeCount,
      alert: noticeCount,
      info: noticeCount,
    })
    .optional(),
});
export type NoticeCounts = NonNullable<NotificationPage["counts"]>;
export type NotificationPage = z.infer<typeof notificationPage>;
export const readAllInput = z.strictObject({ type: z.enum(noticeTypes).optional() });

/** A page of the web, or a ticket: nothing that could run. */
const link = z
  .string()
  .trim()
  .max(2048)
  .refine(
    (value) =>
      /^ticket:[\w-]{1,128}$/.test(value) || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)),
    "An http(s) address, or ticket: and an id or number.",
  );
const mostData = 16 * 1024;
const mostLevels = 50;
const freeData = z
  .record(z.string().max(100), z.unknown())
  .superRefine((value, ctx) => {
    const fault = faultIn(value);
    if (fault) ctx.addIssue(fault);
    else if (JSON.stringify(value).length > mostData) ctx.addIssue(`At most ${mostData} characters as JSON.`);
  })
  .meta({ description: `Any JSON: at most ${mostData} characters, ${mostLevels} levels deep.` });

/** What keeps JSON from being stored just as it is: the database takes some 100 levels, ours around it included. */
function faultIn(value: unknown, level = 1): string | undefined {
  if (typeof value === "string" && !isStorable(value)) return "Contains a character that cannot be stored.";
  if (typeof value !== "object" || value === null) return undefined;
  if (level > mostLevels) return `At most ${mostLevels} levels deep.`;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "_bsontype" || !isStorable(key))
      return `Contains a name that cannot be stored: ${JSON.stringify(key)}.`;
    const fault = faultIn(inner, level + 1);
    if (fault) return fault;
  }
  return undefined;
}
const said = {
  type: z.enum(noticeTypes),
  title: text(1, 200),
  message: text(1, 2000),
  link: link.optional(),
};
/** What the owner's systems tell one customer, up to 1000 of them, or all. */
export const noticeInput = z
  .strictObject({
    customer: customerRef.optional(),
    customers: z.array(customerRef).min(1).max(1000, "At most 1000 customers; `audience` reaches all.").optional(),
    audience: z.literal("all").optional(),
    ...said,
    data: freeData.optional(),
  })
  .refine(({ customer, customers, audience }) => [customer, customers, audience].filter(Boolean).length === 1, {
    message: "Say for whom, in one way: customer, customers or audience.",
    path: ["customer"],
  });
export type NoticeInput = z.infer<typeof noticeInput>;

export const broadcastStates = ["running", "done", "failed"] as const;
export const broadcastOutput = z
  .strictObject({ id, state: z.enum(broadcastStates), done: z.number(), total: z.number() })
  .meta({ id: "Broadcast" });
export type Broadcast = z.infer<typeof broadcastOutput>;

export const longestSnoozeDays = 365;
export const snoozeInput = z.strictObject({ until: time });

export const mostNotices = 1000;
/** How long what was deleted can be brought back. */
export const noticeUndoMinutes = 10;
export const noticeActions = ["read", "delete", "snooze", "restore"] as const;
export type NoticeAction = (typeof noticeActions)[number];
/** `restore` brings back what was deleted in the last ten minutes, and what was put away for later. */
export const noticeBulkInput = z
  .strictObject({
    action: z.enum(noticeActions),
    ids: z.array(id).min(1).max(mostNotices, `At most ${mostNotices} at a time.`),
    until: time.optional(),
  })
  .refine(({ action, until }) => (action === "snooze") === (until !== undefined), {
    message: "A moment belongs to `snooze`, and to nothing else.",
    path: ["until"],
  });
export type NoticeBulkInput = z.infer<typeof noticeBulkInput>;
export const noticeBulkOutput = z.strictObject({ changed: z.number() });

/** What a person's other screens are told: how many are unread now, and what was done to which (without ids: to all, or all of a type). */
export interface NotificationState {
  unreadCount: number;
  action?: NoticeAction;
  ids?: string[];
  noticeType?: NoticeType;
}

/** An owner's own name for something: what webhooks call it. */
export const eventName = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/, "Lower-case words of a-z, 0-9 and _, joined by dots.");
export const ownEventInput = z
  .strictObject({
    type: eventName,
    customer: customerRef.optional(),
    data: freeData,
    /** A notice for the customer, beside the event. */
    notify: z.strictObject({ ...said, type: z.enum(noticeTypes).default("info") }).optional(),
  })
  .refine(({ customer, notify }) => !notify || customer, {
    message: "Say which customer to notify.",
    path: ["customer"],
  });
export type OwnEventInput = z.infer<typeof ownEventInput>;
export const ownEventOutput = z.strictObject({ id });
