import { pushDeviceOutput, pushDevicesOutput, pushInput, pushRemoval } from "@sidedesk/contract";
import { invalid } from "../core/errors.ts";
import { created, noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listDevices, subscribe, unsubscribe } from "./subscribe.ts";

const common = { path: "/v1/notifications/push", callers: ["customer", "staff"], tag: "Notifications" } as const;

export const pushRoutes = [
  route({
    ...common,
    method: "GET",
    summary: "Your browsers that are told by push, and the key to subscribe another with",
    status: 200,
    output: pushDevicesOutput,
    handle: async ({ caller }) => ok(await listDevices(caller)),
  }),
  route({
    ...common,
    method: "POST",
    summary: "Have a browser told by push: its subscription, as `toJSON()` gives it",
    role: "viewer",
    body: pushInput,
    status: 201,
    output: pushDeviceOutput,
    errors: ["url_not_allowed", "limit_reached"],
    handle: async ({ caller, body }) => created(await subscribe(caller, body)),
  }),
  route({
    ...common,
    method: "DELETE",
    summary: "Tell a browser no more: its `endpoint`, in the body or the query",
    role: "viewer",
    query: pushRemoval.partial(),
    body: pushRemoval.optional(),
    status: 204,
    handle: async ({ caller, body, query }) => {
      const endpoint = body?.endpoint ?? query.endpoint;
      if (!endpoint) throw invalid("endpoint", "Say which browser: its endpoint.");
      await unsubscribe(caller, endpoint);
      return noContent();
    },
  }),
];
