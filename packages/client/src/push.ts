import type { PushDevice, PushDevices, PushInput } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** Browsers that are told of the caller's notices while no page is open. */
export const pushApi = (http: Http) => ({
  list: (call?: CallOptions) => http<PushDevices>("GET", "/v1/notifications/push", call),
  /** The same browser again is the same device, now the caller's. */
  add: (subscription: PushInput, call?: CallOptions) =>
    http<PushDevice>("POST", "/v1/notifications/push", { ...call, body: subscription }),
  remove: (endpoint: string, call?: CallOptions) =>
    http<null>("DELETE", "/v1/notifications/push", { ...call, body: { endpoint } }),
});
