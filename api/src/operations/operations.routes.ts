import { failedWorkPage, failedWorkQuery, queueScreen, retryWorkInput, retryWorkOutput } from "@sidedesk/contract";
import { accepted, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listFailedWork, retryFailedWork } from "./failed-work.ts";
import { openQueueScreen } from "./queue-screen.ts";

const tag = "Operations";

export const operationRoutes = [
  route({
    method: "GET",
    path: "/v1/operations/failed",
    summary: "Work of every kind that was given up: mails, deliveries, alerts, scans, imports; the latest first",
    tag,
    callers: ["staff"],
    role: "admin",
    query: failedWorkQuery,
    status: 200,
    output: failedWorkPage,
    handle: async ({ caller, query }) => ok(await listFailedWork(caller.siteId, query)),
  }),
  route({
    method: "POST",
    path: "/v1/operations/failed/retry",
    summary: "Do one piece of failed work again, or all of its kind",
    tag,
    callers: ["staff"],
    role: "admin",
    body: retryWorkInput,
    status: 202,
    output: retryWorkOutput,
    handle: async ({ caller, body }) => accepted({ count: await retryFailedWork(caller.siteId, body.queue, body.id) }),
  }),
  route({
    method: "POST",
    path: "/v1/operations/queues",
    summary: "Let an owner look at the queues for a quarter of an hour; sets a cookie for the address it answers",
    tag,
    callers: ["staff"],
    role: "owner",
    status: 200,
    output: queueScreen,
    repeatable: false,
    handle: async ({ caller, http }) => ok(await openQueueScreen(caller, http)),
  }),
];
