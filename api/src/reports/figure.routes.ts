import {
  customerStats as customerOutput,
  overview,
  overviewQuery,
  staffStats as staffOutput,
} from "@sidedesk/contract";
import { z } from "zod";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { customerStats } from "../tickets/index.ts";
import { overviewOf, staffStats } from "./site-figures.ts";

export const figureRoutes = [
  route({
    method: "GET",
    path: "/v1/support/tickets/stats",
    summary: "Figures: a customer's own, or the site's for staff",
    tag: "Reports",
    callers: ["customer", "staff", "server"],
    status: 200,
    output: z.union([customerOutput, staffOutput]),
    handle: async ({ caller }) =>
      ok(caller.kind === "customer" ? await customerStats(caller) : await staffStats(caller.siteId)),
  }),
  route({
    method: "GET",
    path: "/v1/reports/overview",
    summary: "The site's figures over a span, and day by day",
    tag: "Reports",
    callers: ["staff", "server"],
    query: overviewQuery,
    status: 200,
    output: overview,
    handle: async ({ caller, query }) => ok(await overviewOf(caller.siteId, query)),
  }),
];
