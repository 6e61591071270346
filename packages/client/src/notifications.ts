import type { NoticeType, NotificationPage } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

export interface NotificationFilter {
  type?: NoticeType | undefined;
  unread?: boolean | undefined;
  sort?: "newest" | "oldest" | "unread" | undefined;
}

/** The caller's own notices, with how many are unread. */
export const notificationsApi = (http: Http) => ({
  /** With `counts`, also how many there are of each type. */
  list: (filter?: NotificationFilter & PageOptions & { counts?: boolean }, call?: CallOptions) =>
    http<NotificationPage>("GET", "/v1/notifications", {
      ...call,
      query: { ...filter, unread: filter?.unread || undefined, counts: filter?.counts || undefined },
    }),
  read: (id: string, call?: CallOptions) => http<null>("PUT", `/v1/notifications/${at(id)}/read`, call),
  readAll: (type?: NoticeType, call?: CallOptions) =>
    http<null>("PUT", "/v1/notifications/read-all", { ...call, body: type ? { type } : {} }),
  /** Puts one away until a moment (ISO 8601), from which on it is there again, unread. */
  snooze: (id: string, until: string, call?: CallOptions) =>
    http<null>("PUT", `/v1/notifications/${at(id)}/snooze`, { ...call, body: { until } }),
  remove: (id: string, call?: CallOptions) => http<null>("DELETE", `/v1/notifications/${at(id)}`, call),
});
