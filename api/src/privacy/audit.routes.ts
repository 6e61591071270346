import { auditPage, auditQuery } from "@sidedesk/contract";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listAudit } from "./list-audit.ts";

/** To be read, and nothing else: no route writes to the audit. */
export const auditRoutes = [
  route({
    method: "GET",
    path: "/v1/audit",
    summary: "Who signed in, what was changed in set-up, keys, imports, exports, erasures; newest first",
    tag: "Operations",
    callers: ["staff"],
    role: "admin",
    query: auditQuery,
    status: 200,
    output: auditPage,
    handle: async ({ caller, query }) => ok(await listAudit(caller.siteId, query)),
  }),
];
