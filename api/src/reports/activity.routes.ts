import { activityPage, activityQuery } from "@sidedesk/contract";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { readActivity } from "./read-activity.ts";

export const activityRoutes = [
  route({
    method: "GET",
    path: "/v1/activity",
    summary: "Who did what when on the site, newest first",
    tag: "Reports",
    callers: ["staff", "server"],
    query: activityQuery,
    status: 200,
    output: activityPage,
    handle: async ({ caller, query }) => ok(await readActivity(caller.siteId, query)),
  }),
];
