import {
  alertEntry,
  alertPage,
  alertQuery,
  channelKinds,
  channelTestOutput,
  type ChannelKind,
} from "@sidedesk/contract";
import { z } from "zod";
import { testMail } from "../channels/index.ts";
import { notFound } from "../core/errors.ts";
import { accepted, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listAlerts, retryAlert } from "./alert-log.ts";
import { testChannel } from "./test-channel.ts";

const common = { callers: ["staff"], role: "admin" } as const;

export const alertRoutes = [
  route({
    ...common,
    method: "GET",
    path: "/v1/alerts",
    tag: "Operations",
    summary: "Alerts to chat rooms and phones and what became of them, newest first",
    query: alertQuery,
    status: 200,
    output: alertPage,
    handle: async ({ caller, query }) => ok(await listAlerts(caller.siteId, query)),
  }),
  route({
    ...common,
    method: "POST",
    path: "/v1/alerts/:id/retry",
    tag: "Operations",
    summary: "Send a failed alert again, now",
    params: z.strictObject({ id: z.string().min(1).max(128) }),
    status: 202,
    output: alertEntry,
    errors: ["conflict"],
    handle: async ({ caller, params }) => accepted(await retryAlert(caller.siteId, params.id)),
  }),
  route({
    ...common,
    method: "POST",
    path: "/v1/sites/:slug/channels/:kind/test",
    tag: "Set-up",
    summary: "Send a test message along a channel and say what happened",
    site: "path",
    params: z.object({ slug: z.string(), kind: z.string() }),
    status: 200,
    output: channelTestOutput,
    // It leaves the database, and a second press is to send a second message.
    repeatable: false,
    handle: async ({ caller, params: { kind } }) => {
      if (!isChannel(kind)) throw notFound("channel");
      return ok(kind === "email" ? await testMail(caller) : await testChannel(caller.siteId, kind));
    },
  }),
];

const isChannel = (kind: string): kind is ChannelKind => (channelKinds as readonly string[]).includes(kind);
