import { suppressionPage, suppressionQuery } from "@sidedesk/contract";
import { z } from "zod";
import { noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { liftListed, listSuppressions } from "./list-suppressions.ts";

const tag = "Operations";

export const suppressionRoutes = [
  route({
    method: "GET",
    path: "/v1/email-suppressions",
    summary: "Addresses that the site writes to no more, and why, newest first",
    tag,
    callers: ["staff"],
    role: "admin",
    query: suppressionQuery,
    status: 200,
    output: suppressionPage,
    handle: async ({ caller, query }) => ok(await listSuppressions(caller.siteId, query)),
  }),
  route({
    method: "DELETE",
    path: "/v1/email-suppressions/:id",
    summary: "Write to an address again",
    tag,
    callers: ["staff"],
    role: "admin",
    params: z.strictObject({ id: z.string().min(1).max(128) }),
    status: 204,
    handle: async ({ caller, params }) => {
      await liftListed(caller, params.id);
      return noContent();
    },
  }),
];
