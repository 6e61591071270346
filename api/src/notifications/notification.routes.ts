import { notificationPage, notificationQuery, readAllInput } from "@sidedesk/contract";
import { z } from "zod";
import { noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listNotifications } from "./list-notifications.ts";
import { deleteNotification, markAllRead, markRead } from "./mark-notifications.ts";

const callers = ["customer", "staff"] as const;
const tag = "Notifications";
const params = z.strictObject({ id: z.string().min(1).max(128) });

export const notificationRoutes = [
  route({
    method: "GET",
    path: "/v1/notifications",
    summary: "Your own notices, and how many are unread",
    tag,
    callers,
    query: notificationQuery,
    status: 200,
    output: notificationPage,
    handle: async ({ caller, query }) => ok(await listNotifications(caller, query)),
  }),
  route({
    method: "PUT",
    path: "/v1/notifications/read-all",
    summary: "Mark all as read, or all of one type",
    tag,
    callers,
    role: "viewer",
    body: readAllInput.optional(),
    status: 204,
    handle: async ({ caller, body }) => {
      await markAllRead(caller, body?.type);
      return noContent();
    },
  }),
  route({
    method: "PUT",
    path: "/v1/notifications/:id/read",
    summary: "Mark one as read",
    tag,
    callers,
    role: "viewer",
    params,
    status: 204,
    handle: async ({ caller, params: { id } }) => {
      await markRead(caller, id);
      return noContent();
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/notifications/:id",
    summary: "Remove one",
    tag,
    callers,
    role: "viewer",
    params,
    status: 204,
    handle: async ({ caller, params: { id } }) => {
      await deleteNotification(caller, id);
      return noContent();
    },
  }),
];
