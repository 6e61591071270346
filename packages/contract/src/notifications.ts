import { z } from "zod";
import { id, page, pageQuery, time } from "./common.ts";

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
  type: z.enum(noticeTypes).optional(),
  unread: z.enum(["true", "false"]).optional(),
  sort: z.enum(["newest", "oldest", "unread"]).optional(),
  ...pageQuery,
});
export const notificationPage = page(notificationOutput).extend({ unreadCount: z.number() });
export type NotificationPage = z.infer<typeof notificationPage>;
export const readAllInput = z.strictObject({ type: z.enum(noticeTypes).optional() });
