import {
  broadcastOutput,
  noticeBulkInput,
  noticeBulkOutput,
  noticeInput,
  notificationOutput,
  notificationPage,
  notificationQuery,
  ownEventInput,
  ownEventOutput,
  readAllInput,
  snoozeInput,
} from "@sidedesk/contract";
import { z } from "zod";
import { accepted, created, noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listNotifications } from "./list-notifications.ts";
import { changeNotifications, deleteNotification, markAllRead, markRead, snooze } from "./mark-notifications.ts";
import { publishEvent } from "./publish-event.ts";
import { getBroadcast, tellCustomers } from "./tell-customers.ts";

const callers = ["customer", "staff"] as const;
const tag = "Notifications";
const params = z.strictObject({ id: z.string().min(1).max(128) });

export const notificationRoutes = [
  route({
    method: "GET",
    path: "/v1/notifications",
    summary: "Your own notices, how many are unread, and of each type if asked",
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
    summary: "Remove one; for ten minutes it can be brought back",
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
  route({
    method: "PUT",
    path: "/v1/notifications/:id/snooze",
    summary: "Put one away until a moment, from which on it is there again, unread",
    tag,
    callers,
    role: "viewer",
    params,
    body: snoozeInput,
    status: 204,
    handle: async ({ caller, params: { id }, body }) => {
      await snooze(caller, id, body.until);
      return noContent();
    },
  }),
  route({
    method: "POST",
    path: "/v1/notifications/bulk",
    summary: "Mark up to 1000 of your own read, delete them, put them away, or bring them back",
    tag,
    callers,
    role: "viewer",
    body: noticeBulkInput,
    status: 200,
    output: noticeBulkOutput,
    handle: async ({ caller, body }) => ok({ changed: await changeNotifications(caller, body) }),
  }),
  route({
    method: "POST",
    path: "/v1/notifications",
    summary: "Tell one customer (201, the notice), or up to 1000 or all in the background (202, how far it is)",
    tag,
    callers: ["server"],
    body: noticeInput,
    status: 201,
    mayGoOn: true,
    output: z.union([notificationOutput, broadcastOutput]),
    handle: async ({ caller, body }) => {
      const told = await tellCustomers(caller, body);
      return "notice" in told ? created(told.notice) : accepted(told.broadcast);
    },
  }),
  route({
    method: "GET",
    path: "/v1/notifications/broadcasts/:id",
    summary: "How far a notice for many is",
    tag,
    callers: ["server"],
    params,
    status: 200,
    output: broadcastOutput,
    handle: async ({ caller, params: { id } }) => ok(await getBroadcast(caller, id)),
  }),
  route({
    method: "POST",
    path: "/v1/events",
    summary: "Publish an event of your own: to webhooks, to the customer's socket, and as a notice if you say so",
    tag,
    callers: ["server"],
    body: ownEventInput,
    status: 202,
    output: ownEventOutput,
    handle: async ({ caller, body }) => accepted({ id: await publishEvent(caller, body) }),
  }),
];
